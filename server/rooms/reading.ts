import type { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { RoomLog } from '../ports/room-log.ts';
import type { Rooms } from '../ports/rooms.ts';
import { catchUp, type HeldRoom, type HeldRooms } from './held-rooms.ts';

type Head = { readonly seq: number } | undefined;
type Asked = {
  readonly sessionId: SessionId;
  readonly resolve: (head: Head) => void;
  readonly reject: (e: unknown) => void;
};

/**
 * Reads rooms. Every read asks PostgreSQL for the newest seq first, so nobody sees a room older than what they were
 * acknowledged, by whichever process.
 */
export function createReading(roomLog: RoomLog, held: HeldRooms): Pick<Rooms, 'current' | 'eventsAfter'> {
  const headOf = createHeadAsker(roomLog);
  const folding = new Map<SessionId, Promise<HeldRoom>>();

  const fold = async (sessionId: SessionId, seq: number): Promise<HeldRoom> => {
    const from = held.get(sessionId);
    if (from.room.seq >= seq) return from;
    const eventsAfter = (after: number, limit: number) => roomLog.eventsAfter(sessionId, after, limit);
    const room = await catchUp(from, { seq, eventsAfter });
    // A batch may have been committed meanwhile; its room is newer.
    if (held.get(sessionId).room.seq < room.room.seq) held.keep(sessionId, room);
    return room;
  };

  // One fold at a time for a room: three hundred people who come back at once wait for the same one.
  const roomAt = async (sessionId: SessionId, seq: number): Promise<HeldRoom> => {
    for (;;) {
      const mine = held.get(sessionId);
      if (mine.room.seq >= seq) return mine;
      const others = folding.get(sessionId);
      if (others === undefined) {
        const work = fold(sessionId, seq).finally(() => folding.delete(sessionId));
        folding.set(sessionId, work);
        return await work;
      }
      const folded = await others;
      if (folded.room.seq >= seq) return folded;
    }
  };

  return {
    current: async (sessionId) => {
      const head = await headOf(sessionId);
      if (head === undefined || head.seq === 0) throw new AppError('SESSION_UNKNOWN');
      return (await roomAt(sessionId, head.seq)).room;
    },
    eventsAfter: (sessionId, after, limit) => roomLog.eventsAfter(sessionId, after, limit),
  };
}

/**
 * Gathers questions for newest seqs into one query at a time. A question never joins a query that is already under
 * way: its answer could be older than what the asker knows.
 */
function createHeadAsker(roomLog: RoomLog): (sessionId: SessionId) => Promise<Head> {
  let asked: Asked[] = [];
  let running = false;
  const run = async () => {
    running = true;
    while (asked.length > 0) {
      const batch = asked;
      asked = [];
      try {
        const heads = await roomLog.heads([...new Set(batch.map(({ sessionId }) => sessionId))]);
        for (const { sessionId, resolve } of batch) resolve(heads.get(sessionId));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  };
  return (sessionId) =>
    new Promise((resolve, reject) => {
      asked.push({ sessionId, resolve, reject });
      // Never rejects: a failed query is told to those who asked.
      if (!running) void run();
    });
}
