import type { SessionId } from '../../core/domain/ids.ts';
import { overdueAtMs } from '../../core/domain/room/floor-time.ts';
import { currentTurn, type Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rooms } from '../ports/rooms.ts';
import { startSweeper } from '../sweeper.ts';

/** What the timekeeper needs of the world. */
export type TimekeepingDeps = {
  readonly rooms: Pick<Rooms, 'submit' | 'held'>;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Takes the floor back from whoever has spoken beyond the grace of the rules [F9]: looks at the rooms in this process's
 * memory, now and again a pause after each look. Every process does; the log takes it once. A room that nobody holds in
 * memory is left until somebody asks for it: the turn ends at the moment when it was due all the same.
 */
export function startTimekeeping(
  deps: TimekeepingDeps,
  everyMs: number,
): { readonly close: () => Promise<void> } {
  const asked = new Map<SessionId, Promise<void>>();
  const sweeper = startSweeper({
    sweep: async () => {
      const nowMs = Date.parse(deps.clock.now());
      for (const [sessionId, room] of deps.rooms.held()) {
        if (asked.has(sessionId) || !isDue(room, nowMs)) continue;
        // One that hangs on the database keeps no other session waiting.
        asked.set(
          sessionId,
          endTurn(deps, sessionId, room).finally(() => asked.delete(sessionId)),
        );
      }
      await Promise.resolve();
    },
    everyMs: () => everyMs,
    onError: (error) => deps.log.error({ err: error }, 'turns that are over could not be looked for'),
  });
  return {
    close: async () => {
      await sweeper.stop();
      await Promise.all(asked.values());
    },
  };
}

function isDue(room: Room, nowMs: number): boolean {
  const turn = room.state === 'archived' ? undefined : currentTurn(room);
  const dueMs = turn === undefined ? null : overdueAtMs(turn);
  return dueMs !== null && nowMs >= dueMs;
}

/** Never rejects: what memory did not know yet is refused by the log, and anything else is asked again. */
async function endTurn({ rooms, log }: TimekeepingDeps, sessionId: SessionId, room: Room): Promise<void> {
  try {
    // The key names the turn: whichever process is first, it ends once.
    const key = `overdue:${room.turns.length}`;
    const command = { type: 'endOverdueTurn' } as const;
    await rooms.submit({ sessionId, who: { kind: 'clock' }, actor: 'clock', key, command });
  } catch (error) {
    const isNews = error instanceof AppError && ['CONFLICT', 'CLOSED'].includes(error.code);
    if (!isNews) log.warn({ err: error, sessionId }, 'a turn that is over could not be ended yet');
  }
}
