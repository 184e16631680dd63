import { DOORS } from '../../core/contract/limits.ts';
import type { Entry } from '../../core/contract/lobby.ts';
import type { RoomEvent } from '../../core/domain/events.ts';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { isIn } from '../../core/domain/room/state.ts';
import { isWaiting } from '../../core/domain/room/waiting.ts';
import { hasEnded } from '../../core/domain/sessions.ts';
import { AppError } from '../app-error.ts';
import type { RoomFeed } from '../ports/room-feed.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { standingOf, type StandingDeps } from './standing.ts';

export type LobbyDeps = StandingDeps & { readonly feed: Pick<RoomFeed, 'listen'> };

export type LobbyService = ReturnType<typeof createLobby>;

/** The door of whoever waits: they hear nothing of the room but whether they are let in [H1]. */
export function createLobby(deps: LobbyDeps) {
  return {
    /** isHeld: answered only when there is news, for some seconds. Throws SESSION_UNKNOWN, NOT_IN_SESSION, REMOVED_FROM_SESSION. */
    entry: async (who: SignedIn, sessionId: SessionId, isHeld: boolean): Promise<Entry> => {
      const standing = await standingOf(deps, who, sessionId);
      if (standing.kind !== 'participant') throw new AppError('NOT_IN_SESSION');
      const first = await entryOf(deps, sessionId, standing.id);
      if (!isHeld || first.entry !== 'waiting' || hasEnded(first.state)) return first;
      await newsIn(deps, sessionId, standing.id);
      return await entryOf(deps, sessionId, standing.id);
    },
  };
}

async function entryOf({ rooms }: LobbyDeps, sessionId: SessionId, id: ParticipantId): Promise<Entry> {
  const room = await rooms.current(sessionId);
  const seat = room.participants[id];
  if (seat === undefined) throw new AppError('SESSION_UNKNOWN');
  const { state, plan } = room;
  const shown = { title: plan?.title ?? '', state };
  if (isIn(seat)) return { entry: 'in', why: '', ...shown };
  if (isWaiting(seat)) return { entry: 'waiting', why: '', ...shown };
  if (seat.waitingAt === undefined) throw new AppError('REMOVED_FROM_SESSION');
  return { entry: 'turnedAway', why: seat.turnedAwayWhy ?? '', ...shown };
}

/** Until something is decided about whoever waits, or the session is over, or it has been held long enough. */
async function newsIn(deps: LobbyDeps, sessionId: SessionId, id: ParticipantId): Promise<void> {
  let wake: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const hearing = await deps.feed.listen(sessionId, (events) => {
    if (events.some(({ event }) => concerns(event, id))) wake();
  });
  const held = setTimeout(wake, DOORS.entryHoldMs);
  try {
    // What was decided before anybody listened is not told again.
    const room = await deps.rooms.current(sessionId);
    if (isWaiting(room.participants[id]) && !hasEnded(room.state)) await told;
  } finally {
    clearTimeout(held);
    hearing.stop();
  }
}

/** After each of these nobody is let in any more. */
const ENDS: ReadonlySet<string> = new Set<RoomEvent['type']>([
  'session:ended',
  'session:adopted',
  'session:closed',
  'session:aborted',
  'session:cancelled',
]);

function concerns(
  event: Parameters<Parameters<RoomFeed['listen']>[1]>[0][number]['event'],
  id: ParticipantId,
) {
  if (event.type === 'lobby:admitted') return event.participantIds.includes(id);
  if (event.type === 'lobby:turnedAway') return event.participantId === id;
  return ENDS.has(event.type);
}
