import type { SessionId } from '../../core/domain/ids.ts';
import { overdueAtMs } from '../../core/domain/room/floor-time.ts';
import { currentTurn, type Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rooms } from '../ports/rooms.ts';
import { startSweeper } from '../sweeper.ts';
import { pollsDueIn } from './ending-polls.ts';
import type { Ending } from './overdue.ts';

/** What the timekeeper needs of the world. */
export type TimekeepingDeps = {
  readonly rooms: Pick<Rooms, 'submit' | 'held'>;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Takes the floor back from whoever has spoken beyond the grace of the rules [F9], and closes polls whose time is over, or
 * in which all have voted where that closes them [B16]: looks at the rooms in this process's memory, now and again a pause
 * after each look. Every process does; the log takes it once. Polls of a room that
 * nobody holds in memory are closed elsewhere (ending-polls.ts); a turn in one ends at the moment when it was due, once somebody asks
 * for the room.
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
        const due = asked.has(sessionId) ? [] : dueIn(room, nowMs);
        if (due.length === 0) continue;
        // One that hangs on the database keeps no other session waiting.
        asked.set(
          sessionId,
          endAll(deps, sessionId, due).finally(() => asked.delete(sessionId)),
        );
      }
      await Promise.resolve();
    },
    everyMs: () => everyMs,
    onError: (error) => deps.log.error({ err: error }, 'what is over could not be looked for'),
  });
  return {
    close: async () => {
      await sweeper.stop();
      await Promise.all(asked.values());
    },
  };
}

function dueIn(room: Room, nowMs: number): readonly Ending[] {
  if (room.state === 'archived') return [];
  const turn = currentTurn(room);
  const dueMs = turn === undefined ? null : overdueAtMs(turn);
  const turns: Ending[] =
    dueMs !== null && nowMs >= dueMs
      ? [{ key: `overdue:${room.turns.length}`, command: { type: 'endOverdueTurn' } }]
      : [];
  const at = new Date(nowMs).toISOString();
  return [...turns, ...pollsDueIn(room, at)];
}

async function endAll(deps: TimekeepingDeps, sessionId: SessionId, due: readonly Ending[]): Promise<void> {
  for (const one of due) await end(deps, sessionId, one);
}

/** Never rejects: what memory did not know yet is refused by the log, and anything else is asked again. */
async function end(
  { rooms, log }: TimekeepingDeps,
  sessionId: SessionId,
  { key, command }: Ending,
): Promise<void> {
  try {
    await rooms.submit({ sessionId, who: { kind: 'clock' }, actor: 'clock', key, command });
  } catch (error) {
    const isNews = error instanceof AppError && ['CONFLICT', 'CLOSED'].includes(error.code);
    if (!isNews)
      log.warn({ err: error, sessionId, what: command.type }, 'what is over could not be ended yet');
  }
}
