import { expect, it } from 'vitest';
import { daysAfter } from './dates.ts';

it('is so many days later, at the hour of the reader', () => {
  const at = new Date(daysAfter(Date.parse('2026-02-27T08:05:00.000Z'), 3, 9));
  expect([at.getDate(), at.getHours(), at.getMinutes()]).toEqual([2, 9, 0]);
});
