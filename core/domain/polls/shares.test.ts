import { describe, expect, it } from 'vitest';
import { scoreShare, shareOf } from './tally.ts';

describe(shareOf, () => {
  it('is a part of the whole, and nothing of nothing', () => {
    expect(shareOf(2, 3)).toBeCloseTo(0.6667, 4);
    expect(shareOf(0, 0)).toBe(0);
  });
});

describe(scoreShare, () => {
  it('goes from the lowest score to the highest, whatever they are', () => {
    expect(scoreShare({ lowest: 1, highest: 5 }, 1)).toBe(0);
    expect(scoreShare({ lowest: 1, highest: 5 }, 4.5)).toBe(0.875);
    expect(scoreShare({ lowest: -2, highest: 2 }, 2)).toBe(1);
    expect(scoreShare({ lowest: 0, highest: 10 }, null)).toBe(0);
  });
});
