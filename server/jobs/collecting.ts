import type { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Deadlines } from '../ports/deadlines.ts';
import type { Rooms } from '../ports/rooms.ts';
import { startSweeper } from '../sweeper.ts';

/** What the end of collecting needs of the world. */
export type CollectingDeps = {
  readonly rooms: Pick<Rooms, 'submit' | 'current'>;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  readonly log: Log;
};

/** After a look that failed: the database is away for longer than a moment. */
const RETRY_MS = 5_000;

/**
 * Ends the collecting of views when its time is over [S13]. The database is asked, not memory: most such sessions are
 * in nobody's, and some were due while no process ran. Every process does; the log takes it once.
 */
export function startEndingCollecting(
  deps: CollectingDeps,
  everyMs: number,
): { readonly close: () => Promise<void> } {
  let pauseMs = everyMs;
  const sweeper = startSweeper({
    sweep: async () => {
      pauseMs = Math.max(RETRY_MS, everyMs);
      const due = await deps.deadlines.collectedOut(deps.clock.now());
      await Promise.all(due.map((sessionId) => endCollecting(deps, sessionId)));
      pauseMs = everyMs;
    },
    everyMs: () => pauseMs,
    onError: (error) => deps.log.error({ err: error }, 'collecting that is over could not be looked for'),
  });
  return { close: sweeper.stop };
}

/** Never rejects: one session that cannot be read keeps no other open, and is asked again. */
async function endCollecting({ rooms, log }: CollectingDeps, sessionId: SessionId): Promise<void> {
  try {
    const { state, note } = await rooms.current(sessionId);
    if (state !== 'collecting' || note === undefined) return;
    // The key names this time of collecting, as it was last extended: it ends once, whichever process is first.
    const key = `collected:${note.at}`;
    const command = { type: 'endOverdueCollecting' } as const;
    await rooms.submit({ sessionId, who: { kind: 'clock' }, actor: 'clock', key, command });
  } catch (error) {
    const isNews = error instanceof AppError && ['CONFLICT', 'CLOSED'].includes(error.code);
    if (!isNews) log.warn({ err: error, sessionId }, 'collecting that is over could not be ended yet');
  }
}
