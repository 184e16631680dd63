import { describe, expect, it, vi } from 'vitest';
import { envelope, listening, sessionId, upTo } from '../testing/feed-stage.ts';
import { until } from '../testing/until.ts';

describe('createFeed', () => {
  it('delivers in order what comes doubled, reordered and late [L1]', async () => {
    const { feed, seqs, state } = await listening();
    state.length = 6;
    feed.committed(sessionId, [envelope(3), envelope(4)]);
    feed.committed(sessionId, [envelope(1)]);
    feed.committed(sessionId, [envelope(1), envelope(2), envelope(3)]);
    feed.committed(sessionId, [envelope(6)]);
    feed.committed(sessionId, [envelope(5), envelope(6)]);
    await until('all six', () => seqs().length >= 6);
    expect(seqs()).toEqual(upTo(6));
    await feed.close();
  });

  it('sends the first event of a quiet room at once, and gathers a storm into few packets', async () => {
    const { feed, packets, seqs, state } = await listening();
    state.length = 300;
    feed.committed(sessionId, [envelope(1)]);
    expect(packets).toEqual([[1]]);
    for (const seq of upTo(300, 2)) feed.committed(sessionId, [envelope(seq)]);
    await until('all', () => seqs().length === 300);
    expect(seqs()).toEqual(upTo(300));
    expect(packets.length).toBeLessThanOrEqual(4);
    await feed.close();
  });

  it('keeps 45 ms between packets however fast events come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const { feed, packets, state } = await listening();
      state.length = 100;
      for (const seq of upTo(100)) {
        feed.committed(sessionId, [envelope(seq)]);
        vi.advanceTimersByTime(2);
      }
      vi.advanceTimersByTime(40);
      expect(packets.flat()).toEqual(upTo(100));
      expect(packets.length).toBeLessThanOrEqual(7);
      await feed.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits in a hall for four events that come one after the other, and in a small room for none', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const sizes = async (toldMs: number) => {
        const { feed, packets, state } = await listening();
        await feed.listen(sessionId, () => void vi.advanceTimersByTime(toldMs));
        state.length = 40;
        for (const seq of upTo(40)) {
          feed.committed(sessionId, [envelope(seq)]);
          vi.advanceTimersByTime(20 - (packets.flat().at(-1) === seq ? toldMs : 0));
        }
        vi.advanceTimersByTime(200);
        expect(packets.flat()).toEqual(upTo(40));
        await feed.close();
        return Math.max(...packets.map(({ length }) => length));
      };
      expect(await sizes(1)).toBeGreaterThanOrEqual(4);
      expect(await sizes(0)).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells a hall that takes long less often, but goes on telling it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const { feed, packets, state } = await listening();
      const tellingMs = { now: 10 };
      await feed.listen(sessionId, () => void vi.advanceTimersByTime(tellingMs.now));
      state.length = 3;
      feed.committed(sessionId, [envelope(1)]);
      feed.committed(sessionId, [envelope(2)]);
      vi.advanceTimersByTime(60);
      expect(packets).toEqual([[1]]);
      tellingMs.now = 5_000;
      vi.advanceTimersByTime(15);
      expect(packets).toEqual([[1], [2]]);
      feed.committed(sessionId, [envelope(3)]);
      expect(packets.flat()).toEqual([1, 2, 3]);
      await feed.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells a hall as often as before when one telling was interrupted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const { feed, packets, state } = await listening();
      const tellingMs = { now: 1 };
      await feed.listen(sessionId, () => void vi.advanceTimersByTime(tellingMs.now));
      state.length = 3;
      feed.committed(sessionId, [envelope(1)]);
      tellingMs.now = 14;
      feed.committed(sessionId, [envelope(2)]);
      vi.advanceTimersByTime(45);
      feed.committed(sessionId, [envelope(3)]);
      vi.advanceTimersByTime(45);
      expect(packets).toEqual([[1], [2], [3]]);
      await feed.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('says how long a hall will be told nothing, of a quiet one and of none that it is told at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const { feed, hearing, state } = await listening();
      expect(feed.quietMs(sessionId)).toBe(0);
      state.length = 1;
      feed.committed(sessionId, [envelope(1)]);
      expect(feed.quietMs(sessionId)).toBe(45);
      vi.advanceTimersByTime(15);
      expect(feed.quietMs(sessionId)).toBe(30);
      vi.advanceTimersByTime(60);
      expect(feed.quietMs(sessionId)).toBe(0);
      hearing.stop();
      feed.committed(sessionId, [envelope(2)]);
      expect(feed.quietMs(sessionId)).toBe(0);
      await feed.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets go of what it delivered when names were erased from the log [E2]', async () => {
    const { feed, hearing, seqs, state } = await listening();
    state.length = 3;
    feed.committed(sessionId, [1, 2, 3].map(envelope));
    await until('all three', () => seqs().length === 3);
    expect(hearing.delivered(0)).toHaveLength(3);
    state.erasedAt = '2026-12-01T00:00:00.000Z';
    await until('memory reaches back no further', () => hearing.delivered(0) === null);
    expect(hearing.delivered(3)).toEqual([]);
    state.length = 4;
    feed.committed(sessionId, [envelope(4)]);
    expect(hearing.delivered(3)?.map(({ seq }) => seq)).toEqual([4]);
    await feed.close();
  });

  it('keeps what it delivered for those who come late, as far as its memory goes', async () => {
    const { feed, hearing, seqs, state } = await listening(10);
    state.length = 700;
    feed.committed(sessionId, upTo(700, 11).map(envelope));
    await until('all', () => seqs().length === 690);
    expect(hearing.position()).toBe(700);
    expect(hearing.delivered(698)?.map(({ seq }) => seq)).toEqual([699, 700]);
    expect(hearing.delivered(200)).toHaveLength(500);
    expect(hearing.delivered(199)).toBeNull();
    expect(hearing.delivered(701)).toEqual([]);
    await feed.close();
  });

  it('goes on when one listener fails', async () => {
    const { feed, seqs } = await listening();
    await feed.listen(sessionId, () => {
      throw new Error('broken');
    });
    feed.committed(sessionId, [envelope(1)]);
    feed.committed(sessionId, [envelope(2)]);
    await until('both', () => seqs().length === 2);
    await feed.close();
  });
});
