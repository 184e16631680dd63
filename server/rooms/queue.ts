import type { Envelope } from '../../core/domain/events.ts';
import type { Submission } from '../ports/rooms.ts';
import { mustComeFirst, standsAlone } from './batch.ts';

/** Somebody who waits for an answer. */
export type Waiting = {
  readonly submission: Submission;
  readonly resolve: (envelopes: readonly Envelope[]) => void;
  readonly reject: (error: unknown) => void;
};

const MOST_COMMANDS = 200;
const MOST_CHARACTERS = 1024 * 1024;
/**
 * Batches of one room begin at least so far apart. At 500 commands a second this halves the commits and saves a
 * quarter of the CPU, for two milliseconds more until the answer; the first command of a quiet room never waits.
 */
const APART_MS = 5;
/** A batch of so many comes of a crowd, in which nobody waits for one answer to ask the next thing: the next gathers longer. */
const CROWD = 3;
const TIMES_IN_CROWD = 4;
/**
 * While the hall was told a moment ago, what comes would be committed only to wait: it gathers instead, and is
 * committed right before the hall is told again. Nobody sees it later; but whoever asked waits, so not for long.
 */
const MOST_QUIET_MS = 40;
/** So much earlier than the hall is told: a commit takes about as long. */
const AHEAD_MS = 5;

/** What waits in one room, taken in batches: while one is being committed, the next gathers. */
export function createQueue(
  apartMs = APART_MS,
  /** How long nobody will be told anything anyway. */
  quietMs: () => number = () => 0,
) {
  let waiting: { readonly entry: Waiting; readonly size: number }[] = [];
  let running = false;

  const take = (): Waiting[] => {
    let size = 0;
    let count = 0;
    for (const next of waiting) {
      if (count > 0 && (mustComeFirst(next.entry.submission) || size + next.size > MOST_CHARACTERS)) break;
      size += next.size;
      count += 1;
      if (count === MOST_COMMANDS || standsAlone(next.entry.submission)) break;
    }
    const taken = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return taken.map(({ entry }) => entry);
  };

  const rest = async (ms: number): Promise<void> => {
    if (ms > 0 && waiting.length < MOST_COMMANDS) await new Promise((resolve) => setTimeout(resolve, ms));
  };

  return {
    length: () => waiting.length,
    isRunning: () => running,
    add: (entry: Waiting) =>
      void waiting.push({ entry, size: JSON.stringify(entry.submission.command).length }),
    /** Takes batch after batch until nothing waits. */
    run: async (handleBatch: (batch: readonly Waiting[]) => Promise<void>): Promise<void> => {
      running = true;
      try {
        while (waiting.length > 0) {
          const gatherMs = Math.min(MOST_QUIET_MS, quietMs() - AHEAD_MS);
          if (gatherMs > 0) await rest(gatherMs);
          const begunAt = performance.now();
          const batch = take();
          await handleBatch(batch);
          const pauseMs = batch.length < CROWD ? apartMs : apartMs * TIMES_IN_CROWD;
          await rest(begunAt + pauseMs - performance.now());
        }
      } finally {
        running = false;
      }
    },
  };
}
export type Queue = ReturnType<typeof createQueue>;
