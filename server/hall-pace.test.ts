import { describe, expect, it } from 'vitest';
import { paceOf } from './hall-pace.ts';
import { ROOM_PACE } from './rooms/feed.ts';

describe(paceOf.name, () => {
  it('is 45 ms for a few people, however many events come', () => {
    for (const everyMs of [0.1, 10, 20, 30, 1_000, Infinity])
      expect(paceOf(ROOM_PACE, { toldMs: 0.3, everyMs })).toBe(45);
  });

  it('waits in a hall for four events, 90 ms at most, and not where little happens', () => {
    const hall = (everyMs: number) => paceOf(ROOM_PACE, { toldMs: 1.5, everyMs });
    expect([5, 10, 15, 20, 25, 30, 31, 100, Infinity].map(hall)).toEqual([
      45, 45, 60, 80, 90, 90, 45, 45, 45,
    ]);
  });

  it('is longer for a hall that takes long to tell, but never longer than people wait', () => {
    const busy = (toldMs: number) => paceOf(ROOM_PACE, { toldMs, everyMs: 10 });
    expect([1, 5, 8, 10, 15, 5_000, Infinity].map(busy)).toEqual([45, 45, 64, 80, 120, 120, 120]);
  });
});
