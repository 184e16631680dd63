import { describe, expect, it } from 'vitest';
import { percentile, short, spread } from './stats.ts';

describe('percentile', () => {
  it('takes the nearest rank, whatever the order', () => {
    expect([0.5, 0.95, 1].map((p) => percentile([5, 1, 4, 2, 3], p))).toEqual([3, 5, 5]);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('spread', () => {
  it('keeps the extremes beside the median', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });
});

describe('short', () => {
  it('prints what a reader needs and no more', () => {
    expect([0.12345, 12.345, 1234.5, NaN].map(short)).toEqual(['0.123', '12.3', '1235', '–']);
  });
});
