import { describe, expect, it } from 'vitest';
import { meanOf, scoreShare, shareOf, spreadOf } from './reading.ts';

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

describe(meanOf, () => {
  const of = (scores: number[]) => ({
    of: 'scores' as const,
    each: {
      s: {
        papers: scores.length,
        sum: scores.reduce((a, b) => a + b, 0),
        squares: scores.reduce((a, b) => a + b * b, 0),
        lowest: null,
        highest: null,
      },
    },
  });

  it('tells mean and spread to two decimals, and nothing of nothing [B3]', () => {
    expect(meanOf(of([5, 4, 4]), 's')).toBe(4.33);
    expect(spreadOf(of([2, 4, 4, 4, 5, 5, 7, 9]), 's')).toBe(2);
    expect(meanOf(of([]), 's')).toBeNull();
    expect(spreadOf(of([]), 's')).toBeNull();
    expect(meanOf(null, 's')).toBeNull();
  });
});
