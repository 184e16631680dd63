import { closeSync, existsSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

/** Below this nothing more is written: what PostgreSQL itself still needs must not meet a full disk. */
const LOW_BYTES = 48 * 1024 * 1024;
/** Given up when others fill the disk all the same: PostgreSQL cannot recover without room for its log. */
const RESERVE_BYTES = 32 * 1024 * 1024;

/** The room on the disk of a folder, and a reserve that is held there for bad days. */
export type Space = {
  /** Whether there is too little room; gives the reserve up, or takes it again, as that changes. */
  readonly isLow: () => boolean;
};

export function watchSpace(folder: string): Space {
  const reserve = join(folder, 'reserve');
  let wasLow = false;
  return {
    isLow: () => {
      const free = freeBytes(folder);
      // What was low is enough only with a margin, or it would change to and fro.
      wasLow = free < (wasLow ? LOW_BYTES + 2 * RESERVE_BYTES : LOW_BYTES);
      if (wasLow) rmSync(reserve, { force: true });
      else if (!existsSync(reserve) && free > LOW_BYTES + 2 * RESERVE_BYTES) hold(reserve);
      return wasLow;
    },
  };
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Random, so that no file system keeps it smaller than it says. */
function hold(reserve: string): void {
  const file = openSync(reserve, 'w', 0o600);
  try {
    for (let size = 0; size < RESERVE_BYTES; size += 1024 * 1024) writeSync(file, randomBytes(1024 * 1024));
  } catch (error) {
    rmSync(reserve, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
