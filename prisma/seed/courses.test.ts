import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../core/domain/limits.ts';
import { COURSES, startOf } from './courses.ts';
import { demoScenarios } from './files.ts';

const dayOf = (at: number) =>
  new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at);

describe('startOf', () => {
  // Every quarter of an hour of a day, Beijing's midnight among them.
  const moments = Array.from(
    { length: 96 },
    (_, index) => Date.parse('2027-03-01T00:07:00Z') + index * 900_000,
  );
  const starts = (id: string) => {
    const scenario = demoScenarios().find((one) => one.id === id);
    const course = COURSES[id];
    if (scenario === undefined || course === undefined) throw new Error(`no ${id}`);
    return moments.map((now) => ({ now, at: startOf(scenario, course, now) }));
  };

  test('puts the session that is ready to begin on the day of the first start, whenever that is', () => {
    for (const { now, at } of starts('s01-school-traffic')) expect(dayOf(at)).toBe(dayOf(now));
  });

  test('puts it where its doors are open: whoever looks in has come [M7]', () => {
    for (const { now, at } of starts('s01-school-traffic'))
      expect(at - now).toBeLessThanOrEqual(LIMITS.doorsOpenMinutes * 60_000);
  });

  test('puts the archives two to five days back', () => {
    for (const id of ['s02-elevator', 's03-crested-ibis', 's05-relocation-plots']) {
      for (const { now, at } of starts(id)) {
        expect((now - at) / 86_400_000).toBeGreaterThan(1.2);
        expect((now - at) / 86_400_000).toBeLessThan(5);
      }
    }
  });
});
