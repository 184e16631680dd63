import { DatabaseError, type Pool } from 'pg';
import { AppError } from '../app-error.ts';
import type { AppendedAt } from '../ports/room-log.ts';
import { createGroups } from './append-groups.ts';
import { sharesOf, type Lane } from './lane.ts';
import { appendRows, type Append } from './room-log-statement.ts';
import { isAway } from './storage-fault.ts';

/** PostgreSQL's codes for a row that is there already, and for one that it needs and is not there. */
const NOT_AS_JUDGED = ['23505', '23503'];
/** Rooms that ask in step are cut into groups: while some are committed, the next are judged. */
const MOST = { items: 16, size: 4 * 1024 * 1024 };

/**
 * Appends of all sessions of this process: what they want to append in the same moment is one statement and one commit.
 * What must wait for a lock does so in a lane with others.
 */
export function createAppending(pool: Pool, waitingLane: Lane): (append: Append) => Promise<AppendedAt> {
  return createGroups(
    {
      together: (appends) => appendRows(pool, appends, { isWaiting: false }),
      alone: (append) => waitingLane(() => appendAlone(pool, append)),
      sizeOf: ({ json }) => json.length,
      sessionOf: ({ sessionId }) => sessionId,
      isOnesFault: (error) => error instanceof DatabaseError && !isAway(error),
    },
    { ...MOST, groups: sharesOf(pool).groups },
  );
}

async function appendAlone(pool: Pool, append: Append): Promise<AppendedAt> {
  try {
    const [appended] = await appendRows(pool, [append], { isWaiting: true });
    if (appended === undefined || appended === null) throw new AppError('SESSION_UNKNOWN');
    return appended;
  } catch (error) {
    // A key of a command without events, used by another process in this very moment; or somebody who has a seat
    // already, or is nobody: under the lock the rules say which.
    if (error instanceof DatabaseError && NOT_AS_JUDGED.includes(error.code ?? ''))
      return { isAppended: false, head: append.place };
    throw error;
  }
}
