import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { createFeed } from '../rooms/feed.ts';
import { createTestBuses } from './room-bus.ts';
import { silentLog } from './room-fixtures.ts';

export const sessionId = '00000000-0000-4000-8000-000000000001' as SessionId;

/** An event, whatever it says. */
export function envelope(seq: number): Envelope {
  return { seq, at: '2026-11-21T08:00:00.000Z', by: 'office', event: { type: 'session:paused' } };
}

/** A log that holds so many events; away: it cannot be asked. */
export function fakeLog(length: number) {
  type State = {
    length: number;
    erasedAt: string | null;
    isAway: boolean;
    reads: number;
    read: number;
    headReads: number;
  };
  const state: State = { length, erasedAt: null, isAway: false, reads: 0, read: 0, headReads: 0 };
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
        state.read = Math.max(state.read, after + count);
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

/** A feed with one who hears everything. */
export async function listening(start = 0, bus = createTestBuses(1).buses[0]!) {
  const log = fakeLog(start);
  const feed = await createFeed({ roomLog: log.roomLog, bus, log: silentLog });
  const packets: number[][] = [];
  const hearing = await feed.listen(sessionId, (events) => packets.push(events.map(({ seq }) => seq)));
  return { ...log, feed, packets, hearing, seqs: () => packets.flat() };
}

/** Numbers from one to the other, both included. */
export const upTo = (end: number, from = 1) => Array.from({ length: end - from + 1 }, (_, i) => from + i);
