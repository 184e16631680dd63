/** Chance that can be had again: the same seed gives the same numbers. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, the end. */
  readonly below: (end: number) => number;
  readonly pick: <T>(some: readonly [T, ...T[]]) => T;
};

/** Mulberry32: thirty-two bits are plenty to shuffle a hall. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return { next, below, pick: (some) => some[below(some.length)] ?? some[0] };
}
