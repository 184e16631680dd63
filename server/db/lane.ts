import type { Pool } from 'pg';
import { AppError } from '../app-error.ts';

/** As long as a pool lets somebody wait for a connection. */
const PATIENCE_MS = 5_000;

/** Lets so many pieces of work be under way at once. Whoever waits too long is told BUSY: nothing was begun for them. */
export type Lane = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a lane of a certain width. */
export function createLane(most: number, patienceMs = PATIENCE_MS): Lane {
  const waiting = new Set<() => void>();
  let underWay = 0;

  const enter = async (): Promise<void> => {
    if (underWay < most) {
      underWay += 1;
      return;
    }
    // Whoever leaves hands on the place: nobody who comes meanwhile is faster.
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(begin);
        reject(new AppError('BUSY', { details: { retryAfterMs: 1_000 } }));
      }, patienceMs);
      waiting.add(begin);
    });
  };
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) underWay -= 1;
    else {
      waiting.delete(next);
      next();
    }
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

/** How many connections of a pool the logs of rooms may take at once, for each purpose. */
export type Shares = {
  /** Commits of rooms together, which wait for nobody's row. */
  readonly groups: number;
  /** Commits that wait for a row which another holds. */
  readonly alone: number;
  /** Reads of events. */
  readonly reads: number;
};

/**
 * Half of a pool for commits and a quarter for reads of events, so that a lock on the log, whoever holds it, never takes
 * the whole pool: who somebody is, what seat they have and where a log ends can always be asked, and with that a room
 * in memory is read. Below four connections there is not enough to share.
 */
export function sharesOf({ options }: Pick<Pool, 'options'>): Shares {
  const half = Math.floor(options.max / 2);
  const groups = half >= 4 ? 2 : 1;
  return {
    groups,
    alone: Math.max(1, half - groups),
    reads: Math.max(1, Math.floor(options.max / 4)),
  };
}
