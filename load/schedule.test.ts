import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../core/testing/seed.ts';
import { scheduleOf, type Hall } from './schedule.ts';

const hall: Hall = {
  seed: 7,
  people: 50,
  editors: 3,
  lengthMs: 60_000,
  rates: { views: 2, reads: 1, floors: 0.5, edits: 10, polls: 2 },
};

describe('scheduleOf', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(scheduleOf(hall)).toEqual(scheduleOf({ ...hall }));
    expect(scheduleOf(hall)).not.toEqual(scheduleOf({ ...hall, seed: 8 }));
  });

  it('keeps the rates that were asked for', () => {
    const { dues, polls } = scheduleOf(hall);
    const count = (kind: string) => dues.filter((due) => due.kind === kind).length;
    expect([count('view'), count('read'), count('floor'), count('edit')]).toEqual([100, 50, 25, 30]);
    expect(polls).toHaveLength(2);
    expect(count('ballot')).toBeGreaterThan(70);
  });

  const seed = freshSeed();
  it(`is in order, within the time, and lets people vote once a poll and only while it is open (seed ${seed})`, () => {
    const halls = fc.record({
      seed: fc.nat(),
      people: fc.nat({ max: 40 }),
      editors: fc.nat({ max: 3 }),
      lengthMs: fc.integer({ min: 1_000, max: 300_000 }),
      rates: fc.record({
        views: fc.double({ min: 0, max: 10, noNaN: true }),
        reads: fc.double({ min: 0, max: 10, noNaN: true }),
        floors: fc.double({ min: 0, max: 10, noNaN: true }),
        edits: fc.double({ min: 0, max: 10, noNaN: true }),
        polls: fc.double({ min: 0, max: 4, noNaN: true }),
      }),
    });
    fc.assert(
      fc.property(halls, (one) => {
        const { dues, polls } = scheduleOf(one);
        const votes = new Set<string>();
        let before = 0;
        for (const due of dues) {
          expect(due.atMs).toBeGreaterThanOrEqual(before);
          expect(due.atMs).toBeLessThanOrEqual(one.lengthMs);
          expect(due.who).toBeLessThan(due.kind === 'edit' ? one.editors : one.people);
          before = due.atMs;
          if (due.kind !== 'ballot') continue;
          expect(votes.has(`${due.poll} ${due.who}`)).toBe(false);
          votes.add(`${due.poll} ${due.who}`);
          expect(due.atMs).toBeGreaterThanOrEqual(polls[due.poll]!.opensAtMs);
          expect(due.atMs).toBeLessThan(polls[due.poll]!.closesAtMs);
        }
      }),
      { seed },
    );
  });
});
