import { describe, expect, it } from 'vitest';
import { createGathered } from './gathered.ts';

function stand() {
  const asked: number[][] = [];
  const ask = createGathered(async (keys: readonly number[]) => {
    asked.push([...keys]);
    if (keys.includes(0)) throw new Error('away');
    return keys.map((key) => key * 2);
  });
  return { ask, asked };
}

describe('createGathered', () => {
  it('asks once for all who ask in the same turn, and answers each', async () => {
    const { ask, asked } = stand();
    expect(await Promise.all([1, 2, 2, 3].map(ask))).toEqual([2, 4, 4, 6]);
    expect(asked).toEqual([[1, 2, 2, 3]]);
  });

  it('asks anew for whoever asks while a query is under way: no answer is older than its question', async () => {
    const asked: number[][] = [];
    let answer = () => undefined as void;
    const ask = createGathered(async (keys: readonly number[]) => {
      asked.push([...keys]);
      await new Promise<void>((resolve) => (answer = resolve));
      return keys;
    });
    const first = ask(1);
    await new Promise((resolve) => setImmediate(resolve));
    const second = ask(1);
    answer();
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    answer();
    expect(await second).toBe(1);
    expect(asked).toEqual([[1], [1]]);
  });

  it('lets nobody ask while a question is under way where one at a time may be asked', async () => {
    const asked: number[][] = [];
    let answer = () => undefined as void;
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const ask = createGathered(
      async (keys: readonly number[]) => {
        asked.push([...keys]);
        await new Promise<void>((resolve) => (answer = resolve));
        return keys;
      },
      { isOneAtATime: true },
    );
    const first = ask(1);
    await turn();
    const others = [ask(2), ask(3)];
    await turn();
    expect(asked).toEqual([[1]]);
    answer();
    await first;
    await turn();
    expect(asked).toEqual([[1], [2, 3]]);
    answer();
    expect(await Promise.all(others)).toEqual([2, 3]);
  });

  it('asks more seldom in a crowd, and answers everybody', async () => {
    const { ask, asked } = stand();
    const answers: Promise<number>[] = [];
    for (let n = 1; n <= 400; n += 1) {
      answers.push(ask(n));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(answers)).toEqual(answers.map((_answer, index) => 2 * (index + 1)));
    // One for each turn it would be without.
    expect(asked.length).toBeLessThan(200);
    expect(asked.flat()).toEqual(answers.map((_answer, index) => index + 1));
  });

  it('tells a failure to all who asked, and goes on', async () => {
    const { ask } = stand();
    const [lost, alone] = await Promise.allSettled([ask(1), ask(0)]);
    expect([lost.status, alone.status]).toEqual(['rejected', 'rejected']);
    expect(await ask(4)).toBe(8);
  });
});
