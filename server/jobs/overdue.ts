import type { SessionId } from '../../core/domain/ids.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Deadlines } from '../ports/deadlines.ts';
import type { Rooms } from '../ports/rooms.ts';
import { startSweeper } from '../sweeper.ts';

/** What the end of a time needs of the world. */
export type OverdueDeps = {
  readonly rooms: Pick<Rooms, 'submit' | 'current'>;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  readonly log: Log;
};

/** What the clock asks for when a time is over; the key has it happen once, whichever process is first. */
export type Ending = { readonly key: string; readonly command: Command };

/** A kind of time that is over in sessions which may be in nobody's memory. */
export type OverdueKind = {
  readonly find: (deadlines: Deadlines, now: ReturnType<Clock['now']>) => Promise<readonly SessionId[]>;
  readonly endings: (room: Room, now: ReturnType<Clock['now']>) => readonly Ending[];
  /** What could not be done, for the log. */
  readonly what: string;
};

/** After a look that failed: the database is away for longer than a moment. */
const RETRY_MS = 5_000;

/**
 * Ends what is over. The database is asked, not memory: most such sessions are in nobody's, and some were due while no
 * process ran. Every process does; the log takes it once.
 */
export function startEndingOverdue(
  deps: OverdueDeps,
  kind: OverdueKind,
  everyMs: number,
): { readonly close: () => Promise<void> } {
  let pauseMs = everyMs;
  const sweeper = startSweeper({
    sweep: async () => {
      pauseMs = Math.max(RETRY_MS, everyMs);
      const now = deps.clock.now();
      const due = await kind.find(deps.deadlines, now);
      await Promise.all(due.map((sessionId) => endIn(deps, kind, sessionId)));
      pauseMs = everyMs;
    },
    everyMs: () => pauseMs,
    onError: (error) =>
      deps.log.error({ err: error, what: kind.what }, 'what is over could not be looked for'),
  });
  return { close: sweeper.stop };
}

/** Never rejects: one session that cannot be read keeps no other open, and is asked again. */
async function endIn(
  { rooms, clock, log }: OverdueDeps,
  kind: OverdueKind,
  sessionId: SessionId,
): Promise<void> {
  try {
    const room = await rooms.current(sessionId);
    for (const { key, command } of kind.endings(room, clock.now()))
      await rooms.submit({ sessionId, who: { kind: 'clock' }, actor: 'clock', key, command });
  } catch (error) {
    const isNews = error instanceof AppError && ['CONFLICT', 'CLOSED'].includes(error.code);
    if (!isNews) log.warn({ err: error, sessionId, what: kind.what }, 'what is over could not be ended yet');
  }
}
