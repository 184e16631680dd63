import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Relation } from './rules.ts';
import { fractionShown, percentShown, votesShown } from './shares.ts';
import { isReached } from './verdict.ts';

const half = { part: 1, whole: 2 };
const twoThirds = { part: 2, whole: 3 };

describe(percentShown, () => {
  it('is rounded to one decimal, without a zero at its end [B13]', () => {
    expect(percentShown({ part: 13, whole: 19 })).toBe('68.4%');
    expect(percentShown({ part: 1, whole: 2 })).toBe('50%');
    expect(percentShown({ part: 0, whole: 3 })).toBe('0%');
    expect(percentShown({ part: 3, whole: 3 })).toBe('100%');
    expect(percentShown({ part: 0, whole: 0 })).toBeNull();
  });

  it('has as many digits as it needs to stand on the side where it is [B13]', () => {
    const more = { relation: 'more' as const, of: half };
    expect(percentShown({ part: 1_251, whole: 2_500, against: more })).toBe('50.04%');
    expect(percentShown({ part: 1_249, whole: 2_500, against: more })).toBe('49.96%');
    expect(percentShown({ part: 1_250, whole: 2_500, against: more })).toBe('50%');
    const atLeast = { relation: 'at_least' as const, of: twoThirds };
    expect(percentShown({ part: 2, whole: 3, against: atLeast })).toBe('66.7%');
    // 66.66 % rounded would be above two thirds.
    expect(percentShown({ part: 3_333, whole: 5_000, against: atLeast })).toBe('66.66%');
  });

  it('never contradicts the sign beside it, whatever the numbers', () => {
    const numbers = fc.record({
      whole: fc.integer({ min: 1, max: 5_000_000 }),
      below: fc.integer({ min: 1, max: 100 }),
      relation: fc.constantFrom<Relation>('more', 'at_least', 'at_most'),
    });
    fc.assert(
      fc.property(
        numbers,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(3),
        ({ whole, below, relation }, at, near) => {
          const of = { part: Math.floor(at * below), whole: below };
          // Close to the fraction, where rounding could lie.
          const part = Math.max(0, Math.min(whole, Math.round((whole * of.part) / of.whole) + near - 1));
          const shown = Number(percentShown({ part, whole, against: { relation, of } })?.slice(0, -1)) / 100;
          const isSame = BigInt(part) * BigInt(of.whole) === BigInt(of.part) * BigInt(whole);
          if (isSame) return;
          expect(Math.sign(shown - of.part / of.whole)).toBe(Math.sign(part / whole - of.part / of.whole));
          expect(isReached(part, whole, 'more', of)).toBe(shown > of.part / of.whole);
        },
      ),
    );
  });
});

describe(fractionShown, () => {
  it('says a fraction as people say it', () => {
    expect(fractionShown(half)).toBe('1/2');
    expect(fractionShown({ part: 4, whole: 6 })).toBe('2/3');
    expect(fractionShown({ part: 375, whole: 1_000 })).toBe('3/8');
    expect(fractionShown({ part: 37, whole: 100 })).toBe('37%');
    expect(fractionShown({ part: 3_725, whole: 10_000 })).toBe('37.25%');
    expect(fractionShown({ part: 1, whole: 1 })).toBe('100%');
    expect(fractionShown({ part: 0, whole: 5 })).toBe('0%');
    expect(fractionShown({ part: 5, whole: 17 })).toBe('5/17');
  });
});

describe(votesShown, () => {
  it('shows weighed votes exactly', () => {
    expect(votesShown(13, 1)).toBe('13');
    expect(votesShown(2_500_000, 1_000_000)).toBe('2.5');
    expect(votesShown(1, 1_000_000)).toBe('0.000001');
  });
});
