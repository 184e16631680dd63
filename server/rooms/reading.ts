import type { SessionId } from '../../core/domain/ids.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import { createGathered } from '../gathered.ts';
import type { Head, RoomLog } from '../ports/room-log.ts';
import type { Rooms } from '../ports/rooms.ts';
import { createEventsReader } from './events-reader.ts';
import { catchUp, isOfAnotherLog, NOTHING_HELD, type HeldRoom, type HeldRooms } from './held-rooms.ts';

export type Reading = Pick<Rooms, 'current' | 'since' | 'eventsAfter'> & {
  /** The room folded up to its newest committed seq; nothing held where nothing was ever planned. */
  readonly upToDate: (sessionId: SessionId) => Promise<HeldRoom>;
};

/**
 * Reads rooms. Every read asks PostgreSQL for the newest seq first, so nobody sees a room older than what they were
 * acknowledged, by whichever process, and nobody a name that was erased before they asked [E2].
 */
export function createReading(roomLog: RoomLog, held: HeldRooms): Reading {
  const headOf = createHeadAsker(roomLog);
  const folding = new Map<SessionId, Promise<HeldRoom>>();

  const fold = async (sessionId: SessionId, head: Head): Promise<HeldRoom> => {
    const from = held.get(sessionId);
    if (isGood(from, head)) return from;
    const { seq, erasedAt, headHash } = head;
    const rowsAfter = (after: number, limit: number) => roomLog.rowsAfter(sessionId, after, limit);
    const room = await catchUp(from, { seq, headHash, erasedAt, rowsAfter });
    // A batch may have been committed meanwhile; its room is newer.
    if (!isGood(held.get(sessionId), { seq: room.room.seq, erasedAt })) held.keep(sessionId, room);
    return room;
  };

  // One fold at a time for a room: three hundred people who come back at once wait for the same one.
  const roomAt = async (sessionId: SessionId, head: Head): Promise<HeldRoom> => {
    for (;;) {
      const mine = held.get(sessionId);
      if (isGood(mine, head)) return mine;
      const others = folding.get(sessionId);
      if (others === undefined) {
        const work = fold(sessionId, head).finally(() => folding.delete(sessionId));
        folding.set(sessionId, work);
        return await orHeard(held, sessionId, head, work);
      }
      const folded = await orHeard(held, sessionId, head, others);
      if (isGood(folded, head)) return folded;
    }
  };

  const upToDate = async (sessionId: SessionId): Promise<HeldRoom> => {
    const before = held.get(sessionId);
    const head = await headOf(sessionId);
    if (head === undefined || head.seq === 0) return NOTHING_HELD;
    // What was held before the question is in its answer, unless the log was put back from a backup.
    if (isOfAnotherLog(before, head) && held.get(sessionId) === before) held.drop(sessionId);
    return await roomAt(sessionId, head);
  };
  const current = async (sessionId: SessionId): Promise<Room> => {
    const { room } = await upToDate(sessionId);
    if (room.seq === 0) throw new AppError('SESSION_UNKNOWN');
    return room;
  };

  return {
    upToDate,
    current,
    since: async (sessionId, seq) => {
      const { room } = held.get(sessionId);
      return room.seq >= seq ? room : await current(sessionId);
    },
    eventsAfter: createEventsReader(roomLog),
  };
}

/**
 * What a folding brings, or the room itself as soon as it is there by another way: the log may be behind somebody's lock
 * while the events that are missing have come over the feed [L9].
 */
async function orHeard(
  held: HeldRooms,
  sessionId: SessionId,
  head: Head,
  work: Promise<HeldRoom>,
): Promise<HeldRoom> {
  return await new Promise((resolve, reject) => {
    const stop = held.hear(sessionId, (newer) => {
      if (isGood(newer, head)) settle(() => resolve(newer));
    });
    const settle = (answer: () => void) => {
      stop();
      answer();
    };
    work.then(
      (folded) => settle(() => resolve(folded)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}

/** Whether a room answers somebody who was told this head: not older, and without names that were gone by then. */
function isGood(held: HeldRoom, { seq, erasedAt }: Pick<Head, 'seq' | 'erasedAt'>): boolean {
  return held.room.seq >= seq && (erasedAt === null || (held.erasedAt !== null && held.erasedAt >= erasedAt));
}

/** One query at a time for the newest seqs: rooms of a crowd are asked for by everybody in it. */
function createHeadAsker(roomLog: RoomLog): (sessionId: SessionId) => Promise<Head | undefined> {
  return createGathered(
    async (sessionIds: readonly SessionId[]) => {
      const heads = await roomLog.heads([...new Set(sessionIds)]);
      return sessionIds.map((sessionId) => heads.get(sessionId));
    },
    { isOneAtATime: true },
  );
}
