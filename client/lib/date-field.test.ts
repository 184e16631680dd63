import { expect, it } from 'vitest';
import { fromField, toField } from './date-field.ts';

it('comes back as the instant that it was', () => {
  const instant = '2026-03-02T08:05:00.000Z';
  expect(fromField(toField(instant))).toBe(instant);
  expect(fromField('')).toBeNull();
  expect(fromField('morgen')).toBeNull();
});
