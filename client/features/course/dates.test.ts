import { describe, expect, it } from 'vitest';
import { daysAfter, fromField, toField } from './dates.ts';

describe('dates of a field', () => {
  it('come back as the instant that they were', () => {
    const instant = '2026-03-02T08:05:00.000Z';
    expect(fromField(toField(instant))).toBe(instant);
    expect(fromField('')).toBeNull();
    expect(fromField('morgen')).toBeNull();
  });

  it('are so many days later, at the hour of the reader', () => {
    const at = new Date(daysAfter(Date.parse('2026-02-27T08:05:00.000Z'), 3, 9));
    expect([at.getDate(), at.getHours(), at.getMinutes()]).toEqual([2, 9, 0]);
  });
});
