import { RETENTION } from '../../core/contract/limits.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cuts } from '../ports/cuts.ts';
import type { Erasures } from '../ports/erasures.ts';
import { startSweeper } from '../sweeper.ts';

/** What the erasing job needs of the world. */
export type ErasingDeps = {
  readonly erasures: Erasures;
  readonly cuts: Pick<Cuts, 'cut'>;
  readonly clock: Clock;
  readonly log: Log;
};

/** What one round did. */
export type Round = {
  readonly sessions: number;
  readonly guests: number;
  /** Sessions that could not be erased; they are still due. */
  readonly failed: number;
};

/** After a round that failed in part: a promise is overdue. */
const RETRY_MS = 60_000;

/** Keeps the promise of the join page: a round now, and another a pause after each [E1]. */
export function startErasing(deps: ErasingDeps, everyMs: number): { readonly close: () => Promise<void> } {
  const stopping = new AbortController();
  let pauseMs = everyMs;
  const sweeper = startSweeper({
    sweep: async () => {
      pauseMs = Math.min(RETRY_MS, everyMs);
      const { failed } = await eraseRound(deps, stopping.signal);
      if (failed === 0) pauseMs = everyMs;
    },
    everyMs: () => pauseMs,
    onError: (error) => deps.log.error({ err: error }, 'names that are due could not be erased yet'),
  });
  return {
    close: async () => {
      stopping.abort();
      await sweeper.stop();
    },
  };
}

/** Erases what is due, session by session; whatever stops it in between, the rest is found again. Logs counts only. */
export async function eraseRound(
  { erasures, cuts, clock, log }: ErasingDeps,
  signal?: AbortSignal,
): Promise<Round> {
  const retention = {
    now: clock.now(),
    days: RETENTION.guestDays,
    daysConfirming: RETENTION.guestDaysConfirming,
    daysVoting: RETENTION.guestDaysVoting,
  };
  let [sessions, guests, failed] = [0, 0, 0];
  for (const sessionId of await erasures.due(retention)) {
    if (signal?.aborted === true) break;
    try {
      const erased = await erasures.eraseGuests(sessionId, retention);
      if (erased === null) continue;
      sessions += 1;
      guests += erased.guests;
      for (const signInId of erased.signInIds) cuts.cut({ kind: 'sign-in', signInId });
    } catch (error) {
      // One session that cannot be erased keeps nobody else's name alive.
      failed += 1;
      log.error({ err: error, sessionId }, 'the names of a session could not be erased');
    }
  }
  const strays = signal?.aborted === true ? 0 : await erasures.eraseStrays(retention);
  if (sessions + strays > 0) {
    log.info({ sessions, guests, strays }, 'names of guests were erased');
    await erasures
      .wipe()
      .catch((error: unknown) => log.warn({ err: error }, 'left to the vacuum of the database'));
  }
  return { sessions, guests, failed };
}
