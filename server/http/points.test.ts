import { describe, expect, it, vi } from 'vitest';
import { createPoints } from './points.ts';

/** A count that several processes share, in a window that ends when told. */
function sharedCount(points: number, windowMs = 60_000) {
  const state = { taken: 0, asked: 0 };
  const take = async (_key: string, wanted: number) => {
    state.asked += 1;
    state.taken += wanted;
    if (state.taken > points) throw new Error('full');
    return { msBeforeNext: windowMs };
  };
  return { state, take };
}

/** How many of so many are spent, all at once. */
async function spent(spend: (key: string) => Promise<void>, times: number): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: times }, () => spend('x')));
  return answers.filter(({ status }) => status === 'fulfilled').length;
}

describe('createPoints', () => {
  it('asks once for as many as it takes, and for more when they are gone', async () => {
    const { state, take } = sharedCount(40);
    const spend = createPoints(take, 8);
    for (let n = 0; n < 8; n += 1) await spend('x');
    expect(state).toEqual({ taken: 8, asked: 1 });
    await spend('x');
    expect(state).toEqual({ taken: 16, asked: 2 });
  });

  it('gives all of the count and no more, also to those who come at once', async () => {
    const { take } = sharedCount(40);
    const spend = createPoints(take, 8);
    expect(await spent(spend, 100)).toBe(40);
    expect(await spent(spend, 1)).toBe(0);
  });

  it('gives no more than the count in two processes, and at least all but what one of them holds', async () => {
    const { take } = sharedCount(40);
    const [here, there] = [createPoints(take, 8), createPoints(take, 8)];
    expect(await spent(there, 1)).toBe(1);
    const elsewhere = await spent(here, 100);
    expect(elsewhere).toBe(40 - 8);
    expect(await spent(there, 100)).toBe(7);
  });

  it('keeps the points of each key apart', async () => {
    const { state, take } = sharedCount(40);
    const spend = createPoints(take, 8);
    await spend('x');
    await spend('y');
    expect(state).toEqual({ taken: 16, asked: 2 });
  });

  it('holds nothing longer than its window', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { state, take } = sharedCount(40, 1_000);
      const spend = createPoints(take, 8);
      await spend('x');
      vi.advanceTimersByTime(1_000);
      await spend('x');
      expect(state.asked).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells all who wait when it cannot be asked, and asks again for the next', async () => {
    const state = { isAway: true };
    const spend = createPoints(async () => {
      if (state.isAway) throw new Error('away');
      return { msBeforeNext: 1_000 };
    }, 8);
    expect(await spent(spend, 3)).toBe(0);
    state.isAway = false;
    expect(await spent(spend, 3)).toBe(3);
  });
});
