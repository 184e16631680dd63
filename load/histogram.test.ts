import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../core/testing/seed.ts';
import { createHistogram } from './histogram.ts';

describe('createHistogram', () => {
  const seed = freshSeed();
  it(`finds every quantile to within two percent (seed ${seed})`, () => {
    const times = fc.array(fc.double({ min: 0.1, max: 60_000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99, 1), (all, p) => {
        const histogram = createHistogram();
        for (const ms of all) histogram.add(ms);
        const true_ = [...all].sort((a, b) => a - b)[Math.ceil(p * all.length) - 1]!;
        const found = histogram.quantile(p)!;
        expect(found).toBeGreaterThanOrEqual(true_ * 0.999_999);
        expect(found).toBeLessThanOrEqual(true_ * 1.020_001);
        expect([histogram.count(), histogram.max()]).toEqual([all.length, Math.max(...all)]);
      }),
      { seed },
    );
  });

  it('knows nothing of nothing', () => {
    expect([createHistogram().quantile(0.5), createHistogram().max()]).toEqual([null, null]);
  });
});
