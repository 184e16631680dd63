import type { Log } from '../log.ts';
import type { RecordRows } from '../ports/record-rows.ts';
import { startSweeper } from '../sweeper.ts';

/** What recording needs of the world. */
export type RecordingDeps = { readonly records: RecordRows; readonly log: Log };

/** Looked for at once; what is sealed meanwhile is the next round's. */
const AT_ONCE = 100;
const RETRY_MS = 60_000;

/**
 * Writes the rows by which sealed records are searched [AR1]: behind the close, so that nobody waits for it, and for what was
 * sealed by an earlier version. Whatever stops it, the record has all of its rows or none, and is found again.
 */
export function startRecording(
  deps: RecordingDeps,
  everyMs: number,
): { readonly close: () => Promise<void> } {
  const stopping = new AbortController();
  let pauseMs = everyMs;
  const sweeper = startSweeper({
    sweep: async () => {
      // What failed fails again: it is said once in a while.
      pauseMs = Math.max(RETRY_MS, everyMs);
      const { failed } = await recordRound(deps, stopping.signal);
      if (failed === 0) pauseMs = everyMs;
    },
    everyMs: () => pauseMs,
    onError: (error) => deps.log.error({ err: error }, 'rows of sealed records could not be written yet'),
  });
  return {
    close: async () => {
      stopping.abort();
      await sweeper.stop();
    },
  };
}

/** One round. */
export async function recordRound(
  { records, log }: RecordingDeps,
  signal?: AbortSignal,
): Promise<{ readonly written: number; readonly failed: number }> {
  let [written, failed] = [0, 0];
  for (const sessionId of await records.missing(AT_ONCE)) {
    if (signal?.aborted === true) break;
    try {
      if (await records.write(sessionId)) written += 1;
    } catch (error) {
      failed += 1;
      // One record that cannot be read keeps no other from being found.
      log.error({ err: error, sessionId }, 'the rows of a record could not be written');
    }
  }
  return { written, failed };
}
