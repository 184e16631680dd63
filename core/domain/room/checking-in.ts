import type { RoomEvent } from '../events.ts';
import type { LocalId, ParticipantId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { someCheckIn } from './check-ins.ts';
import { guardState } from './course.ts';
import { guardAct, guardNotClosed, type Who } from './guards.ts';
import { seatOf, type Room, type Seat } from './state.ts';

type RollCommand = CommandOf<'checkIn' | 'checkInByCode' | 'undoCheckIn' | 'stateLeave' | 'withdrawLeave'>;

/** Rules of the roll: who is checked in where, and who is on leave [M2]–[M4]. Saying it twice is no news. */
export function decideRoll(
  room: Room,
  who: Who,
  command: RollCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'checkIn': {
      const seat = guardCheckIn(room, who, command.participantId);
      return seat.ok ? checkIn(room, seat.value, { venueId: command.venueId, way: 'roll' }) : seat;
    }
    case 'checkInByCode': {
      // Whoever builds this command has found the code to be of this venue and of this minute [M3].
      if (who.kind !== 'participant') return refuse('NOT_IN_SESSION');
      const seat = guardOwnSeat(room, who);
      return seat.ok ? checkIn(room, seat.value, { venueId: command.venueId, way: 'code' }) : seat;
    }
    case 'undoCheckIn': {
      const seat = guardCheckIn(room, who, command.participantId);
      if (!seat.ok) return seat;
      const { id: participantId, checkedIn, venueId: place } = seat.value;
      if (checkedIn === undefined) return ok([]);
      // Whoever means one that is gone, or has another on top of it, did not get what they asked for.
      if ((command.at ?? checkedIn.at) !== checkedIn.at) return refuse('CHECK_IN_OTHER');
      const { way, from: venueId = place } = checkedIn;
      return ok([{ type: 'participant:checkInUndone', participantId, way, venueId }]);
    }
    case 'stateLeave': {
      const seat = guardLeave(room, who, command.participantId);
      if (!seat.ok) return seat;
      const { id: participantId, leaveAt, deputy } = seat.value;
      if (deputy !== undefined) return refuse('DEPUTY_STANDS');
      const said = command.why === undefined ? {} : { why: command.why };
      return ok(leaveAt === undefined ? [{ type: 'leave:stated', participantId, ...said }] : []);
    }
    case 'withdrawLeave': {
      const seat = guardLeave(room, who, command.participantId);
      if (!seat.ok) return seat;
      const { id: participantId, leaveAt } = seat.value;
      return ok(
        leaveAt === undefined ? endLeaveBefore(seat.value) : [{ type: 'leave:withdrawn', participantId }],
      );
    }
    default:
      return unreachable(command);
  }
}

/** Whoever looks after the people calls the roll, for those without a phone [M2]. */
export function guardCheckIn(room: Room, who: Who, id: ParticipantId): Result<Seat, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'people:manage');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, 'checkIn');
  return inState.ok ? seatFor(room, id) : inState;
}

/** Leave is one's own to state, or that of whoever looks after the people [M4]. */
export function guardLeave(room: Room, who: Who, id: ParticipantId): Result<Seat, Refusal> {
  const isOwn = who.kind === 'participant' && who.id === id;
  return isOwn ? guardOwnSeat(room, who) : guardCheckIn(room, who, id);
}

/** Whoever is checked in has another answer now than the leave of before, which undoing would bring back [M8] [I2]. */
export function endLeaveBefore({ id: participantId, checkedIn }: Seat): readonly RoomEvent[] {
  const hadLeave = someCheckIn(checkedIn, ({ leaveAt }) => leaveAt !== undefined);
  return hadLeave ? [{ type: 'leave:withdrawn', participantId }] : [];
}

function guardOwnSeat(room: Room, who: Extract<Who, { kind: 'participant' }>): Result<Seat, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'room:enter');
  return allowed.ok ? seatFor(room, who.id) : allowed;
}

function checkIn(
  room: Room,
  { id: participantId, checkedIn, leaveAt, venueId: place, deputy }: Seat,
  { venueId, way }: { readonly venueId: LocalId; readonly way: 'roll' | 'code' },
): Result<readonly RoomEvent[], Refusal> {
  if (!(room.plan?.venues.some((venue) => venue.id === venueId) ?? false)) return refuse('VENUE_UNKNOWN');
  if (deputy !== undefined) return refuse('DEPUTY_STANDS');
  const isKnown = checkedIn?.venueId === venueId && place === venueId && leaveAt === undefined;
  if (isKnown) return ok([]);
  // Each check-in is undone by itself: where they sat, or were away, is since the one before it.
  const before = {
    ...(place === venueId ? {} : { from: place }),
    ...(leaveAt === undefined ? {} : { wasOnLeave: true as const }),
    ...(checkedIn === undefined ? {} : { again: true as const }),
  };
  return ok([{ type: 'participant:checkedIn', participantId, venueId, way, ...before }]);
}

function seatFor(room: Room, id: ParticipantId): Result<Seat, Refusal> {
  const seat = seatOf(room, id);
  return seat === undefined ? refuse('PARTICIPANT_UNKNOWN') : ok(seat);
}
