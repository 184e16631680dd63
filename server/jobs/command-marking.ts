import type { Log } from '../log.ts';
import type { CommandMarks, MarkPlace } from '../ports/command-marks.ts';
import { startSweeper } from '../sweeper.ts';

/** What marking needs of the world. */
export type MarkingDeps = {
  readonly marks: CommandMarks;
  readonly markOf: (digest: string) => string;
  readonly log: Log;
};

/** Rows that are looked at, and marked, with one statement each. */
const PIECE = 2_000;

/**
 * Puts a mark in the place of each bare digest that an earlier version left beside a command [L7]: now, and again a pause
 * after each round, because a process of that version may still be running. A digest is all that a mark is made of, so
 * the same key is answered as before.
 */
export function startMarking(deps: MarkingDeps, everyMs: number): { readonly close: () => Promise<void> } {
  const stopping = new AbortController();
  const sweeper = startSweeper({
    sweep: () => markRound(deps, stopping.signal),
    everyMs: () => everyMs,
    onError: (error) => deps.log.error({ err: error }, 'digests of commands could not be marked yet'),
  });
  return {
    close: async () => {
      stopping.abort();
      await sweeper.stop();
    },
  };
}

/** One round, piece by piece; what stops it in between leaves the rest for the next. */
export async function markRound({ marks, markOf, log }: MarkingDeps, signal?: AbortSignal): Promise<void> {
  let behind: MarkPlace | null = null;
  let marked = 0;
  try {
    for (;;) {
      if (signal?.aborted === true) break;
      const { bare, last } = await marks.bareOf(behind, PIECE);
      if (last === null) break;
      if (bare.length > 0) await marks.mark(bare.map((row) => ({ ...row, mark: markOf(row.digest) })));
      marked += bare.length;
      behind = last;
    }
  } finally {
    if (marked > 0) {
      log.info({ marked }, 'digests of commands were marked');
      await marks
        .wipe()
        .catch((error: unknown) => log.warn({ err: error }, 'left to the vacuum of the database'));
    }
  }
}
