import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { JOINABLE_ROLES, may } from '../people.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { chairOf } from '../sessions.ts';
import type { CommandOf } from './commands.ts';
import { someCheckIn } from './check-ins.ts';
import { canBeDone } from './course.ts';
import type { Facts } from './facts.ts';
import { chair, guardAct, guardChairMaker, guardNotClosed, type Who } from './guards.ts';
import { areDoorsOpen, mustEnter } from './roll.ts';
import { currentTurn, isQueued, seatOf, seatsOf, type Room, type Seat } from './state.ts';
import { asCalled } from './naming.ts';
import { waitingIn, wasTurnedAway } from './waiting.ts';

type PeopleCommand = CommandOf<
  'addParticipant' | 'enterRoom' | 'changeParticipant' | 'removeParticipant' | 'nameHost'
>;

/** Rules of who is in a session [P1]–[P5] [P10]. */
export function decidePeople(
  room: Room,
  who: Who,
  command: PeopleCommand,
  { at }: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  switch (command.type) {
    case 'addParticipant':
      return addParticipant(room, who, command);
    case 'enterRoom': {
      if (who.kind !== 'participant') return refuse('NOT_IN_SESSION');
      const allowed = guardAct(room, who, 'room:enter');
      if (!allowed.ok) return allowed;
      const seat = seatOf(room, who.id);
      // Coming in again is no news: the seat was kept [P4].
      if (seat === undefined || !mustEnter(room, seat, at)) return ok([]);
      const early = areDoorsOpen(room, at) ? {} : { early: true as const };
      return ok([{ type: 'participant:entered', participantId: who.id, ...early }]);
    }
    case 'changeParticipant':
      return changeParticipant(room, who, command);
    case 'removeParticipant':
      return removeParticipant(room, who, command);
    case 'nameHost':
      return nameHost(room, who, command);
    default:
      return unreachable(command);
  }
}

function addParticipant(
  room: Room,
  who: Who,
  { participant }: CommandOf<'addParticipant'>,
): Result<readonly RoomEvent[], Refusal> {
  if (who.kind === 'link') {
    // A link lets in guests of its own role and nobody else [P3].
    if (!participant.isGuest || participant.role !== who.role) return refuse('ROLE_NOT_JOINABLE');
    if (!canBeDone(room.state, 'link:manage')) return refuse('SESSION_NOT_OPEN', { state: room.state });
  } else {
    const allowed = guardAct(room, who, 'people:manage');
    if (!allowed.ok) return allowed;
  }
  const handed = guardHandOut(room, who, { role: participant.role, isGuest: participant.isGuest });
  if (!handed.ok) return handed;
  const free = guardNewSeat(room, participant.id, participant.isGuest ? 'guest' : 'account');
  if (!free.ok) return free;
  if (!hasVenue(room, participant.venueId)) return refuse('VENUE_UNKNOWN');
  // Whoever was asked by name walks in; whoever scanned a code waits where the session is set so [H1].
  const called = asCalled(room, participant);
  if (who.kind !== 'link' || room.hasLobby !== true)
    return ok([{ type: 'participant:added', participant: called }]);
  if (waitingIn(room).length >= LIMITS.waitingPerSession) return refuse('SESSION_FULL');
  return ok([{ type: 'participant:added', participant: called, waits: true }]);
}

function changeParticipant(
  room: Room,
  who: Who,
  { participantId, role, venueId }: CommandOf<'changeParticipant'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'people:manage');
  if (!allowed.ok) return allowed;
  const seat = seatOf(room, participantId);
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  if (!hasVenue(room, venueId)) return refuse('VENUE_UNKNOWN');
  if (role !== seat.role) {
    // Two people would hold one place [I3].
    if (seat.deputy !== undefined) return refuse('DEPUTY_STANDS');
    const taken = guardUnseat(room, who, seat);
    if (!taken.ok) return taken;
    const handed = guardHandOut(room, who, { role, isGuest: seat.isGuest });
    if (!handed.ok) return handed;
    const after = { ...seatsOf(room), [participantId]: { ...seat, role } };
    // The chair would be empty: name another host first [P5].
    if (chair(room) !== null && chairOf(after, room.hostId) === null) return refuse('CHAIR_STAYS_FILLED');
  }
  return ok([
    ...leaveFloor(room, { ...seat, role }),
    { type: 'participant:changed', participantId, role, venueId, ...placing(seat, { role, venueId }) },
  ]);
}

/** Whoever was brought there by a check-in is now put there, unless only their role changes: undoing leaves them [M8]. */
function placing(
  { checkedIn, role, venueId }: Seat,
  then: Pick<Seat, 'role' | 'venueId'>,
): { readonly placed?: true } {
  const isPut = then.venueId !== venueId || then.role === role;
  return isPut && someCheckIn(checkedIn, ({ from }) => from !== undefined) ? { placed: true } : {};
}

function removeParticipant(
  room: Room,
  who: Who,
  { participantId, why }: CommandOf<'removeParticipant'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'people:manage');
  if (!allowed.ok) return allowed;
  const seat = seatOf(room, participantId);
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  // Asked again they would hold the place that their deputy has [I3].
  if (seat.deputy !== undefined) return refuse('DEPUTY_STANDS');
  const taken = guardUnseat(room, who, seat);
  if (!taken.ok) return taken;
  if (chair(room) === participantId) return refuse('CHAIR_STAYS_FILLED');
  return ok([{ type: 'participant:removed', participantId, why }, ...standsAgain(room, seat)]);
}

function nameHost(
  room: Room,
  who: Who,
  { participantId }: CommandOf<'nameHost'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'people:manage');
  if (!allowed.ok) return allowed;
  const maker = guardChairMaker(room, who);
  if (!maker.ok) return maker;
  const seat = seatOf(room, participantId);
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  if (seat.deputy !== undefined) return refuse('DEPUTY_STANDS');
  const handed = guardHandOut(room, who, { role: 'host', isGuest: seat.isGuest });
  return handed.ok ? ok([{ type: 'host:named', participantId }]) : handed;
}

/** What makes whoever was stood for take their own part again, when their deputy goes [I3]. */
export function standsAgain(room: Room, { id, deputyOf }: Seat): RoomEvent[] {
  const seat = deputyOf === undefined ? undefined : seatOf(room, deputyOf);
  if (seat?.deputy?.id !== id) return [];
  const { id: participantId, venueId } = seat;
  return [{ type: 'participant:changed', participantId, role: seat.deputy.role, venueId }];
}

/**
 * Room for one more. Somebody with an account who was removed can be asked again, and gets the same seat; that it is
 * theirs is asked of whoever keeps whose a seat is [I1].
 */
export function guardNewSeat(
  room: Room,
  id: ParticipantId,
  kind: 'guest' | 'account',
): Result<null, Refusal> {
  const known = Object.hasOwn(room.participants, id) ? room.participants[id] : undefined;
  if (known !== undefined) {
    const mayReturn = kind === 'account' && !known.isGuest && known.removedAt !== null;
    return mayReturn ? ok(null) : refuse('ID_TAKEN');
  }
  // Whoever was turned away takes nobody's place.
  const seats = Object.values(room.participants).filter((seat) => !wasTurnedAway(seat));
  return seats.length >= LIMITS.participantsPerSession ? refuse('SESSION_FULL') : ok(null);
}

/** Whoever may no longer ask for the floor does not wait for it or hold it either [F1]. */
export function leaveFloor(room: Room, seat: Seat): RoomEvent[] {
  if (may(seat.role, 'floor:request') || room.hostId === seat.id) return [];
  const { id: participantId } = seat;
  const waits = isQueued(room, participantId);
  const speaks = currentTurn(room)?.participantId === participantId;
  return [
    ...(waits ? [{ type: 'floor:withdrawn', participantId } as const] : []),
    ...(speaks ? [{ type: 'floor:ended', participantId } as const] : []),
  ];
}

/** Nobody hands out what they do not have: who runs the session is said by whoever runs it, or the administrator [P10]. */
function guardHandOut(
  room: Room,
  who: Who,
  { role, isGuest }: Pick<Seat, 'role' | 'isGuest'>,
): Result<null, Refusal> {
  // Only somebody with an account answers for a meeting [P3].
  if (isGuest && !JOINABLE_ROLES.some((joinable) => joinable === role)) return refuse('ROLE_NOT_JOINABLE');
  return may(role, 'session:run') ? guardChairMaker(room, who) : ok(null);
}

/** Whoever may run the session is not pushed aside by those who may not [P10]. */
function guardUnseat(room: Room, who: Who, seat: Seat): Result<null, Refusal> {
  const runs = guardAct(room, { kind: 'participant', id: seat.id }, 'session:run').ok;
  return runs ? guardChairMaker(room, who) : ok(null);
}

function hasVenue(room: Room, venueId: string): boolean {
  return room.plan?.venues.some((venue) => venue.id === venueId) ?? false;
}
