import { describe, expect, it } from 'vitest';
import { bucketIn, createPurse, spendFrom, takeFrom, waitMsOf } from './buckets.ts';

function stage(burst: number, perSecond: number) {
  const clock = { now: 5_000 };
  const sizes = { one: { burst, perSecond }, other: { burst, perSecond } };
  const buckets = { sizes, nowMs: () => clock.now, fullAtMs: { one: 0, other: 0 } };
  return { clock, buckets };
}

describe(takeFrom.name, () => {
  it('gives a burst at once, then so much a second, and never more than a burst', () => {
    const { clock, buckets } = stage(10, 4);
    const taken = () => {
      let count = 0;
      while (takeFrom(buckets, 'one', 1)) count += 1;
      return count;
    };
    expect(taken()).toBe(10);
    clock.now += 1_000;
    expect(taken()).toBe(4);
    clock.now += 3_600_000;
    expect(taken()).toBe(10);
    expect(takeFrom(buckets, 'other', 10)).toBe(true);
  });

  it('takes nothing when there is not enough', () => {
    const { buckets } = stage(10, 4);
    expect(takeFrom(buckets, 'one', 11)).toBe(false);
    expect(takeFrom(buckets, 'one', 10)).toBe(true);
  });

  it.each([
    [1_000, 200],
    [64, 0.1],
    [4 * 1024 * 1024, 1024 * 1024],
    [7, 3],
  ])('gives all of %i at %d a second, in however many pieces', (burst, perSecond) => {
    const { clock, buckets } = stage(burst, perSecond);
    clock.now = 90 * 86_400_000 + 1 / 3;
    for (let piece = 0; piece < 7; piece += 1) expect(takeFrom(buckets, 'one', burst / 7)).toBe(true);
    expect(takeFrom(buckets, 'one', burst / 7)).toBe(false);
  });

  it('is the same bucket when it is handed on by itself', () => {
    const { buckets } = stage(2, 1);
    const bucket = bucketIn(buckets, 'one');
    expect([bucket.take(1), takeFrom(buckets, 'one', 1), bucket.take(1)]).toEqual([true, true, false]);
  });
});

describe(spendFrom.name, () => {
  it('may overdraw, and says how long one waits then', () => {
    const { clock, buckets } = stage(100, 50);
    expect(waitMsOf(buckets, 'one')).toBe(0);
    spendFrom(buckets, 'one', 200);
    const wait = waitMsOf(buckets, 'one');
    expect(wait).toBeGreaterThanOrEqual(2_000);
    expect(wait).toBeLessThan(2_010);
    clock.now += wait;
    expect(waitMsOf(buckets, 'one')).toBe(0);
    expect(waitMsOf(buckets, 'other')).toBe(0);
  });
});

describe(createPurse.name, () => {
  it('is open until it is empty', () => {
    const purse = createPurse({ burst: 5, perSecond: 1 }, () => 0);
    purse.spend(4.9);
    expect(purse.waitMs()).toBe(0);
    purse.spend(0.1);
    expect(purse.waitMs()).toBeGreaterThan(0);
  });
});
