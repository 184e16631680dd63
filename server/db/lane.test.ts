import { describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import { createLane, sharesOf } from './lane.ts';

/** Work that ends when it is told to. */
function work() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const start = (n: number) => async () => {
    begun.push(n);
    await new Promise<void>((resolve) => ends.push(resolve));
    return n;
  };
  return { begun, start, endOne: () => ends.shift()?.() };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('createLane', () => {
  it('lets so many work at once, and the others in the order in which they came', async () => {
    const { begun, start, endOne } = work();
    const lane = createLane(2);
    const all = Promise.all([1, 2, 3, 4, 5].map((n) => lane(start(n))));
    await turn();
    expect(begun).toEqual([1, 2]);
    endOne();
    await turn();
    expect(begun).toEqual([1, 2, 3]);
    for (let n = 0; n < 4; n += 1) {
      endOne();
      await turn();
    }
    expect(await all).toEqual([1, 2, 3, 4, 5]);
  });

  it('is free again behind work that failed', async () => {
    const lane = createLane(1);
    const fail = () => lane(() => Promise.reject(new Error('no')));
    for (let n = 0; n < 3; n += 1) await expect(fail()).rejects.toThrow('no');
    expect(await lane(async () => 'yes')).toBe('yes');
  });

  it('says BUSY to whoever waits too long, and begins nothing for them [L9]', async () => {
    const { begun, start, endOne } = work();
    const lane = createLane(1, 20);
    const first = lane(start(1));
    const second = lane(start(2));
    await expect(second).rejects.toMatchObject({ reason: 'BUSY', details: { retryAfterMs: 1_000 } });
    await expect(second).rejects.toBeInstanceOf(AppError);
    endOne();
    expect(await first).toBe(1);
    expect(begun).toEqual([1]);
    expect(await lane(async () => 3)).toBe(3);
  });
});

describe('sharesOf', () => {
  it.each([4, 5, 6, 12, 16, 100, 500])('leaves some of %i connections for questions [L9]', (max) => {
    const { groups, alone, reads } = sharesOf({ options: { max } as never });
    expect(Math.min(groups, alone, reads)).toBeGreaterThan(0);
    expect(max - groups - alone - reads).toBeGreaterThanOrEqual(max / 4);
  });
});
