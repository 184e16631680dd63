import { expect, it } from 'vitest';
import { collectDaysOf, collectUntil } from './collect-until.ts';

it('ends collecting at six in the evening some days before, if that is still to come [K4] [S13]', () => {
  const now = new Date(2026, 10, 20, 12).getTime();
  expect(collectUntil('2026-11-25T09:00', 1, now)).toBe(new Date(2026, 10, 24, 18).toISOString());
  expect(collectUntil('2026-12-02T09:00', 3, now)).toBe(new Date(2026, 10, 29, 18).toISOString());
  for (const [startsAt, days] of [
    ['2026-11-21T09:00', 3],
    ['', 1],
    ['2026-11-25T09:00', null],
  ] as const)
    expect(collectUntil(startsAt, days, now)).toBeNull();
});

it('finds the same choice again in an earlier plan [K3]', () => {
  const startsAt = new Date(2026, 10, 25, 9).toISOString();
  for (const days of [1, 2, 3, 7]) {
    const until = collectUntil('2026-11-25T09:00', days, 0) ?? undefined;
    expect(collectDaysOf({ startsAt, collectUntil: until })).toBe(days);
  }
  expect(collectDaysOf({ startsAt })).toBeNull();
});
