import type { SessionId } from '../../core/domain/ids.ts';
import type { RoomLog } from '../ports/room-log.ts';
import type { Submission } from '../ports/rooms.ts';
import { judgeAhead, judgeBatch, type Judged } from './batch.ts';
import type { MarkOf } from './command-mark.ts';
import { catchUp, type HeldRoom } from './held-rooms.ts';

type Asked = {
  readonly sessionId: SessionId;
  readonly held: HeldRoom;
  readonly submissions: readonly Submission[];
  readonly now: () => string;
  readonly markOf: MarkOf;
};

/** How often a log that others write too is read up to its end before it is locked first. */
const TRIES_AHEAD = 3;

/**
 * Judges on what is held and appends with one statement, which stores nothing unless the log still ends there. When
 * another process was faster, what it wrote is read and the batch judged again. Null: ask under the lock.
 */
export async function commitAhead(roomLog: RoomLog, asked: Asked): Promise<Judged | null> {
  const { sessionId, submissions, now, markOf } = asked;
  let { held } = asked;
  for (let attempt = 1; attempt <= TRIES_AHEAD; attempt += 1) {
    const ahead = judgeAhead(held, { submissions, now: now(), markOf });
    if (ahead === null) return null;
    const place = { seq: held.room.seq, headHash: held.headHash };
    const { isAppended, head } = await roomLog.appendAt(sessionId, place, ahead);
    if (isAppended) return { ...ahead, held: { ...ahead.held, headHash: head.headHash } };
    if (head.seq <= place.seq) return null;
    const rowsAfter = (after: number, limit: number) => roomLog.rowsAfter(sessionId, after, limit);
    held = await catchUp(held, { ...head, rowsAfter });
  }
  return null;
}

/** Judges under the session's lock: for everything, and never in vain. */
export function commitLocked(
  roomLog: RoomLog,
  { sessionId, held, submissions, now, markOf }: Asked,
): Promise<Judged> {
  return roomLog.withLock(sessionId, (log) => judgeBatch(log, held, { submissions, now: now(), markOf }));
}
