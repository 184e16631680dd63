import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { as, seated, view } from '../../core/testing/builders.ts';
import { freshSeed } from '../../core/testing/seed.ts';
import { hasGap, layAside, takeEvents, takeSnapshot, type Ledger } from './ledger.ts';

const EMPTY: Ledger = { room: EMPTY_ROOM, early: new Map() };

function log() {
  const t = seated({ open: true });
  for (let n = 0; n < 12; n += 1) t.must(as(1 + (n % 3)), { type: 'postView', view: view(n) });
  return t.log;
}

describe('takeEvents', () => {
  const seed = freshSeed();
  const events = log();

  it(`folds any order with any duplicates to the same room [L1] [L5] (seed ${seed})`, () => {
    const shuffled = fc
      .shuffledSubarray([...events, ...events.slice(3, 9)], { minLength: events.length + 6 })
      .chain((order) =>
        fc.tuple(fc.constant(order), fc.array(fc.nat({ max: order.length }), { maxLength: 6 })),
      );
    fc.assert(
      fc.property(shuffled, ([order, cuts]) => {
        const ends = [...new Set([...cuts, order.length])].sort((a, b) => a - b);
        let from = 0;
        let ledger = EMPTY;
        for (const to of ends) {
          ledger = takeEvents(apply, ledger, order.slice(from, to));
          from = to;
        }
        expect(ledger.room).toEqual(applyAll(EMPTY_ROOM, events));
        expect(hasGap(ledger)).toBe(false);
      }),
      { seed, numRuns: 100 },
    );
  });

  it('applies no seq twice', () => {
    const once = takeEvents(apply, EMPTY, events);
    expect(takeEvents(apply, once, events).room).toBe(once.room);
  });

  it('lays aside what is behind a gap, and takes it when the gap closes', () => {
    const gappy = takeEvents(apply, EMPTY, [...events.slice(0, 4), ...events.slice(5)]);
    expect(gappy.room.seq).toBe(4);
    expect(hasGap(gappy)).toBe(true);
    expect(takeEvents(apply, gappy, events.slice(4, 5)).room.seq).toBe(events.length);
  });
});

describe('layAside', () => {
  it('holds so many and no more, the newest of them, and knows that something is missing', () => {
    const [first] = log();
    if (first === undefined) throw new Error('no event');
    const many = Array.from({ length: 5_000 }, (_, n) => ({ ...first, seq: n + 2 }));
    const taking = (ledger: Ledger, one: Parameters<typeof layAside>[1]) => takeEvents(apply, ledger, one);
    for (const take of [layAside, taking]) {
      let ledger = EMPTY;
      for (const one of many.reverse()) ledger = take(ledger, [one]);
      expect(ledger.early.size).toBe(1_000);
      expect(Math.max(...ledger.early.keys())).toBe(5_001);
      expect(hasGap(ledger)).toBe(true);
    }
  });
});

describe('takeSnapshot', () => {
  const events = log();
  const at = (seq: number) => applyAll(EMPTY_ROOM, events.slice(0, seq));

  it('takes up what came before the snapshot did', () => {
    const early = takeEvents(apply, EMPTY, events.slice(8, 14));
    const ledger = takeSnapshot(apply, early, at(10));
    expect(ledger.room).toEqual(at(14));
    expect(hasGap(ledger)).toBe(false);
  });

  it('never goes back to an older picture', () => {
    const ledger = takeEvents(apply, EMPTY, events);
    expect(takeSnapshot(apply, ledger, at(5)).room.seq).toBe(events.length);
  });
});
