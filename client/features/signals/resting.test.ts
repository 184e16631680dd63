import { describe, expect, it } from 'vitest';
import { secondsLeft } from './resting.ts';

const longestMs = 30_000;

describe('secondsLeft', () => {
  it('counts whole seconds down to none [Q2]', () => {
    const rests = { applause: 100_000 };
    const at = (nowMs: number) => secondsLeft(rests, 'applause', { nowMs, longestMs });
    expect([70_000, 70_001, 99_999, 100_000, 120_000].map(at)).toEqual([30, 30, 1, 0, 0]);
    expect(secondsLeft(rests, 'unheard', { nowMs: 70_000, longestMs })).toBe(0);
  });

  it('never says longer than there is, whatever becomes of the clock', () => {
    expect(secondsLeft({ overtime: 1_000_000 }, 'overtime', { nowMs: 0, longestMs })).toBe(30);
  });
});
