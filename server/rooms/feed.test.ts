import { describe, expect, it, vi } from 'vitest';
import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { createTestBuses } from '../testing/room-bus.ts';
import { silentLog, until } from '../testing/room-fixtures.ts';
import { createFeed } from './feed.ts';

const sessionId = '00000000-0000-4000-8000-000000000001' as SessionId;

function envelope(seq: number): Envelope {
  return { seq, at: '2026-11-21T08:00:00.000Z', by: 'office', event: { type: 'session:paused' } };
}

/** A log that holds so many events; away: it cannot be asked. */
function fakeLog(length: number) {
  type State = { length: number; erasedAt: string | null; isAway: boolean; reads: number; headReads: number };
  const state: State = { length, erasedAt: null, isAway: false, reads: 0, headReads: 0 };
  const guard = () => {
    if (state.isAway) throw new Error('away');
  };
  return {
    state,
    roomLog: {
      eventsAfter: async (_id: SessionId, after: number, limit: number) => {
        guard();
        state.reads += 1;
        const count = Math.max(0, Math.min(limit, state.length - after));
        return Array.from({ length: count }, (_, i) => envelope(after + 1 + i));
      },
      heads: async (ids: readonly SessionId[]) => {
        guard();
        state.headReads += 1;
        return new Map(ids.map((id) => [id, { seq: state.length, headHash: '', erasedAt: state.erasedAt }]));
      },
    },
  };
}

async function listening(start = 0, bus = createTestBuses(1).buses[0]!) {
  const log = fakeLog(start);
  const feed = await createFeed({ roomLog: log.roomLog, bus, log: silentLog });
  const packets: number[][] = [];
  const hearing = await feed.listen(sessionId, (events) => packets.push(events.map(({ seq }) => seq)));
  return { ...log, feed, packets, hearing, seqs: () => packets.flat() };
}

const upTo = (end: number, from = 1) => Array.from({ length: end - from + 1 }, (_, i) => from + i);

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
