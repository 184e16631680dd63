import type { SessionId } from '../../core/domain/ids.ts';
import { may, type Act } from '../../core/domain/people.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import { COURSE } from '../../core/domain/room/course.ts';
import { guardAct, type Who } from '../../core/domain/room/guards.ts';
import { audienceOf, type Audience } from '../../core/domain/room/seen-by.ts';
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

/**
 * Who somebody is when they ask for something: what is of the office an administrator does as the office, whatever
 * seat they have in the session, so that whoever planned it for themselves is not shut out of it.
 */
export async function standingFor(
  deps: Pick<StandingDeps, 'seats' | 'sessions'>,
  asked: { readonly who: SignedIn; readonly sessionId: SessionId; readonly command: Command },
): Promise<Who> {
  const { who, sessionId, command } = asked;
  const { act } = COURSE[command.type];
  const isOfOffice = ['session:approve', 'session:plan', 'collecting:extend'].includes(act);
  if (!isOfOffice || who.office === null || !may(who.office, act)) return standingOf(deps, who, sessionId);
  const isTheirs = who.orgId !== null && (await deps.sessions.orgOf(sessionId)) === who.orgId;
  return isTheirs ? { kind: 'office', office: who.office } : standingOf(deps, who, sessionId);
}

/** The room and where somebody stands in it, when they may do this there now. */
export async function enterFor(
  deps: StandingDeps,
  asked: { readonly who: SignedIn; readonly sessionId: SessionId; readonly act: Act },
): Promise<{ room: Room; standing: Who }> {
  const standing = await standingOf(deps, asked.who, asked.sessionId);
  const room = await deps.rooms.current(asked.sessionId);
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
