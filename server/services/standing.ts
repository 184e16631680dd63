import type { SessionId } from '../../core/domain/ids.ts';
import type { Act } from '../../core/domain/people.ts';
import { actingAs, askingAs, type Hats } from '../../core/domain/room/acting.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import { guardAct, type Who } from '../../core/domain/room/guards.ts';
import { audienceOf, type Audience } from '../../core/domain/room/audiences.ts';
import { seatOf, type Room } from '../../core/domain/room/state.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';

/** What it takes to tell where somebody stands in a session. */
export type StandingDeps = {
  readonly seats: Seats;
  readonly sessions: SessionStore;
  readonly rooms: Rooms;
};

/**
 * Who somebody is in a session: their seat, or the office of its organisation. For anybody else the session
 * looks as if it did not exist. Asked at every use, never remembered (law 6).
 */
export async function standingOf(
  { seats, sessions }: Pick<StandingDeps, 'seats' | 'sessions'>,
  who: SignedIn,
  sessionId: SessionId,
): Promise<Who> {
  const isAsked = who.seat?.sessionId === sessionId;
  const seat = isAsked ? who.seat.id : await seats.find(sessionId, who.personId);
  if (seat !== null) return { kind: 'participant', id: seat };
  if (who.office === null || who.orgId === null) throw new AppError('SESSION_UNKNOWN');
  if ((await sessions.orgOf(sessionId)) !== who.orgId) throw new AppError('SESSION_UNKNOWN');
  return { kind: 'office', office: who.office };
}

/** Where somebody stands, and the office that they hold beside a seat where it is of the session's organisation [P15]. */
async function hatsOf(deps: StandingDeps, who: SignedIn, sessionId: SessionId): Promise<Hats> {
  const standing = await standingOf(deps, who, sessionId);
  const { office, orgId } = who;
  if (standing.kind !== 'participant' || office === null || orgId === null)
    return { who: standing, office: null };
  const isTheirs = (await deps.sessions.orgOf(sessionId)) === orgId;
  return { who: standing, office: isTheirs ? office : null };
}

/** As whom somebody gives a command: by their seat or, where it is the office's, by the office that they hold besides. */
export async function standingFor(
  deps: StandingDeps,
  asked: { readonly who: SignedIn; readonly sessionId: SessionId; readonly command: Command },
): Promise<Who> {
  const { who, sessionId, command } = asked;
  const hats = await hatsOf(deps, who, sessionId);
  if (hats.office === null) return hats.who;
  return askingAs(await deps.rooms.current(sessionId), hats, command);
}

/** The room and where somebody stands in it, when they may do this there now. */
export async function enterFor(
  deps: StandingDeps,
  asked: { readonly who: SignedIn; readonly sessionId: SessionId; readonly act: Act },
): Promise<{ room: Room; standing: Who }> {
  const hats = await hatsOf(deps, asked.who, asked.sessionId);
  const room = await deps.rooms.current(asked.sessionId);
  const standing = actingAs(room, hats, asked.act);
  const allowed = guardAct(room, standing, asked.act);
  if (!allowed.ok) throw fromRefusal(allowed.error);
  return { room, standing };
}

/** What somebody may read of a room: the office runs it, so it reads as the chair does. */
export function audienceFor(room: Room, standing: Who): Audience {
  if (standing.kind !== 'participant') return 'chair';
  const seat = seatOf(room, standing.id);
  return seat === undefined ? 'room' : audienceOf(seat.role);
}
