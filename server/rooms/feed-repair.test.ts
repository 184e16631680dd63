import { describe, expect, it, vi } from 'vitest';
import { envelope, fakeLog, listening, sessionId, upTo } from '../testing/feed-stage.ts';
import { createTestBuses } from '../testing/room-bus.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { createFeed } from './feed.ts';

describe('createFeed', () => {
  it('repairs a gap from the log, and a hint that was lost by its sweep [L1]', async () => {
    const { feed, seqs, state } = await listening(10);
    state.length = 15;
    feed.committed(sessionId, [envelope(15)]);
    await until('the gap is filled', () => seqs().length === 5);
    state.length = 1_300;
    await until('the sweep found the rest', () => seqs().length === 1_290);
    expect(seqs()).toEqual(upTo(1_300, 11));
    await feed.close();
  });

  it('lives through a bus that is dead and a database that is away', async () => {
    const { buses, state: bus } = createTestBuses(1);
    const { feed, seqs, state } = await listening(0, buses[0]);
    bus.isHealthy = false;
    state.isAway = true;
    state.length = 5;
    feed.committed(sessionId, [envelope(4)]);
    state.isAway = false;
    await until('repaired', () => seqs().length === 5);
    expect(seqs()).toEqual(upTo(5));
    await feed.close();
  });

  it('delivers the same to two processes whatever the bus loses, doubles and reorders [L1]', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let random = seed;
    const next = () => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
    const { buses } = createTestBuses(2, (message) =>
      Array.from({ length: [0, 1, 1, 2][Math.floor(next() * 4)] ?? 1 }, () => ({
        message,
        delayMs: next() * 30,
      })),
    );
    const log = fakeLog(0);
    const feeds = await Promise.all(
      buses.map((bus) => createFeed({ roomLog: log.roomLog, bus, log: silentLog })),
    );
    const heard: number[][] = [[], []];
    for (const [i, feed] of feeds.entries()) {
      await feed.listen(sessionId, (events) => heard[i]!.push(...events.map(({ seq }) => seq)));
    }
    for (const seq of upTo(200)) {
      log.state.length = seq;
      feeds[next() < 0.5 ? 0 : 1]!.committed(sessionId, [envelope(seq)]);
      if (next() < 0.2) await new Promise((resolve) => setTimeout(resolve, next() * 5));
    }
    await until(`both heard all (seed ${seed})`, () => heard.every((seqs) => seqs.length >= 200));
    expect(heard, `seed ${seed}`).toEqual([upTo(200), upTo(200)]);
    await Promise.all(feeds.map((feed) => feed.close()));
  });

  it('ignores a hint that lies and a message that is none', async () => {
    const { buses } = createTestBuses(2);
    const { feed, seqs, state } = await listening(3, buses[0]);
    for (const message of ['', '{', '{"sessionId":1}', JSON.stringify({ sessionId, seq: 9 })])
      buses[1]!.publish('room', message);
    await until('it asked the log', () => state.reads > 0);
    state.length = 4;
    await until('the true one came', () => seqs().length === 1);
    expect(seqs()).toEqual([4]);
    await feed.close();
  });

  it('stops asking for a session that nobody hears any more', async () => {
    vi.useFakeTimers();
    try {
      const { feed, hearing, state } = await listening();
      await vi.advanceTimersByTimeAsync(2_000);
      const heard = state.headReads;
      // While somebody listens the sweep does ask: otherwise the silence below would prove nothing.
      expect(heard).toBeGreaterThan(0);
      hearing.stop();
      state.length = 5;
      await vi.advanceTimersByTimeAsync(2_000);
      expect(state.headReads).toBe(heard);
      await feed.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets go of a repair when the last listener leaves while it reads', async () => {
    const { roomLog, state } = fakeLog(0);
    const { buses } = createTestBuses(2);
    let answer = () => undefined as void;
    const eventsAfter: typeof roomLog.eventsAfter = async (...question) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return await roomLog.eventsAfter(...question);
    };
    const unasked = answer;
    const feed = await createFeed({ roomLog: { ...roomLog, eventsAfter }, bus: buses[0]!, log: silentLog });
    const hearing = await feed.listen(sessionId, () => undefined);
    state.length = 1;
    for (const seq of [1, 5]) buses[1]!.publish('room', JSON.stringify({ sessionId, seq }));
    await until('it reads', () => answer !== unasked);
    hearing.stop();
    answer();
    // A loop without I/O would never let this turn come.
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.reads).toBe(1);
    await feed.close();
  });

  it('repairs a gap however much came early', async () => {
    const { feed, seqs, state } = await listening(0);
    state.length = 3_000;
    feed.committed(sessionId, upTo(3_000, 2).map(envelope));
    await until('all', () => seqs().length === 3_000);
    expect(seqs()).toEqual(upTo(3_000));
    await feed.close();
  });

  it('reads what was missed a page at a time, as it is told', async () => {
    vi.useFakeTimers();
    try {
      const { feed, seqs, state } = await listening(0);
      let mostAhead = 0;
      state.length = 20_000;
      feed.committed(sessionId, [envelope(20_000)]);
      while (seqs().length < 20_000) {
        await vi.advanceTimersByTimeAsync(20);
        mostAhead = Math.max(mostAhead, state.read - seqs().length);
      }
      expect(mostAhead).toBeLessThanOrEqual(1_000);
      expect(seqs()).toEqual(upTo(20_000));
      await feed.close();
    } finally {
      vi.useRealTimers();
    }
  });
});
