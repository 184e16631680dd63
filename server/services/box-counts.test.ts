import { describe, expect, it } from 'vitest';
import { SessionId } from '../../core/domain/ids.ts';
import { pollId, uuid } from '../../core/testing/builders.ts';
import { createBoxCounts } from './box-counts.ts';

const of = (n: number) => ({ sessionId: SessionId.parse(uuid('sess', 1)), pollId: pollId(n) });

/** A store that notes how often it was made to count. */
function counting() {
  let nowMs = 0;
  let asked = 0;
  let isAway = false;
  const count = () => {
    asked += 1;
    return isAway ? Promise.reject(new Error('away')) : Promise.resolve({ issued: 9, cast: 7 });
  };
  return {
    counts: createBoxCounts({ count }, () => nowMs),
    asked: () => asked,
    pass: (ms: number) => {
      nowMs += ms;
    },
    setAway: (value: boolean) => {
      isAway = value;
    },
  };
}

describe(createBoxCounts, () => {
  it('has a box counted every ten seconds at most, however many ask, and tells steps alone [B32]', async () => {
    const { counts, asked, pass } = counting();
    const told = { issued: 5, cast: 5 };
    expect(await counts.look(of(1))).toEqual({ told, counted: { cast: 7 } });
    const others = await Promise.all(Array.from({ length: 50 }, () => counts.look(of(1))));
    for (const other of others) expect(other).toEqual({ told, counted: null });
    expect(asked()).toBe(1);
    pass(9_999);
    await counts.look(of(1));
    expect(asked()).toBe(1);
    pass(1);
    expect(await counts.look(of(1))).toEqual({ told, counted: { cast: 7 } });
    await counts.look(of(2));
    expect(asked()).toBe(3);
  });

  it('asks again for what could not be counted', async () => {
    const { counts, asked, setAway } = counting();
    setAway(true);
    await expect(counts.look(of(1))).rejects.toThrow('away');
    setAway(false);
    expect((await counts.look(of(1))).told).toEqual({ issued: 5, cast: 5 });
    expect(asked()).toBe(2);
  });

  it('knows a box by its session and poll', () => {
    const { counts } = counting();
    counts.know(of(1));
    expect([counts.isKnown(of(1)), counts.isKnown(of(2))]).toEqual([true, false]);
  });
});
