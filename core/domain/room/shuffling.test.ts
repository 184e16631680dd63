import { expect, it } from 'vitest';
import fc from 'fast-check';
import { ADMIN, AT, plan, table, viewId } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { shuffledUntil, shuffleRank } from './shuffling.ts';

const seed = freshSeed();
const UNTIL = '2026-03-09T08:00:00.000Z';

it('lasts from the begin of collecting, however often that is extended, and no longer than it [V11]', () => {
  const t = table();
  t.must(ADMIN, { type: 'planSession', plan: { ...plan(), rules: { shuffleMinutes: 30 } } });
  expect(shuffledUntil(t.room())).toBeNull();
  t.must(ADMIN, { type: 'collectViews', until: UNTIL });
  const end = Date.parse(AT) + 30 * 60_000;
  expect(shuffledUntil(t.room())).toBe(end);
  const later = { at: '2026-03-02T08:10:00.000Z' };
  t.must(ADMIN, { type: 'extendCollecting', until: '2026-03-10T08:00:00.000Z', why: '有人在外地' }, later);
  expect(shuffledUntil(t.room())).toBe(end);
  t.must(ADMIN, { type: 'endCollecting' });
  expect(shuffledUntil(t.room())).toBeNull();
  expect(shuffledUntil({ ...t.room(), state: 'collecting' })).toBeNull();
});

it(`gives each reader a stable order of their own, in which no place is anybody's (seed ${seed}) [V11]`, () => {
  const views = Array.from({ length: 20 }, (_, n) => viewId(n));
  const orderOf = (reader: string) =>
    [...views].sort((a, b) => shuffleRank(reader, a) - shuffleRank(reader, b));
  const firsts = new Map<string, number>();
  const seen = new Set<string>();
  for (const reader of fc.sample(fc.uuid(), { seed, numRuns: 2_000 })) {
    const order = orderOf(reader);
    expect(orderOf(reader)).toEqual(order);
    seen.add(order.join());
    firsts.set(order[0] ?? '', (firsts.get(order[0] ?? '') ?? 0) + 1);
  }
  expect(seen.size).toBeGreaterThan(1_950);
  // A hundred times each would be even; six standard deviations around it.
  for (const view of views) expect(Math.abs((firsts.get(view) ?? 0) - 100)).toBeLessThan(60);
});
