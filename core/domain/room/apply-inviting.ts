import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { isOver } from '../sessions.ts';
import type { Room, Seat } from './state.ts';

type InvitingEvent = Extract<RoomEvent, { type: `invitation:${string}` }>;

/** Folds an answer to an invitation into the room [I2] [I3]. */
export function applyInviting(
  room: Room,
  { at, event }: { readonly at: string; readonly event: InvitingEvent },
): Room {
  const seat = room.participants[event.participantId];
  if (seat === undefined) return room;
  if (event.type === 'invitation:accepted') {
    const { leaveAt: _leave, leaveWhy: _why, ...rest } = seat;
    return withSeats(room, { ...rest, acceptedAt: at });
  }
  const { leaveAt: _leave, leaveWhy: _why, acceptedAt: _accepted, ...rest } = seat;
  const { deputyId: id, role } = event;
  const deputy = room.participants[id];
  return withSeats(
    room,
    { ...rest, deputy: { id, role, at } },
    ...(deputy === undefined ? [] : [{ ...deputy, deputyOf: seat.id }]),
  );
}

/** Whoever was stood for stands for themselves again when their deputy leaves. */
export function withoutDeputy(room: Room, deputyId: ParticipantId): Room {
  const of = room.participants[deputyId]?.deputyOf;
  const seat = of === undefined ? undefined : room.participants[of];
  if (seat?.deputy?.id !== deputyId) return room;
  const { deputy: _deputy, ...rest } = seat;
  return withSeats(room, rest);
}

/** Why somebody was on leave or turned away is for those who run the meeting, not for its record [I4] [H2]. */
export function withoutLeaveWords(room: Room): Room {
  if (!isOver(room.state)) return room;
  const seats = Object.values(room.participants).filter(
    ({ leaveWhy, turnedAwayWhy }) => leaveWhy !== undefined || turnedAwayWhy !== undefined,
  );
  if (seats.length === 0) return room;
  return withSeats(room, ...seats.map(({ leaveWhy: _leave, turnedAwayWhy: _away, ...seat }) => seat));
}

function withSeats(room: Room, ...seats: readonly Seat[]): Room {
  const changed = Object.fromEntries(seats.map((seat) => [seat.id, seat]));
  return { ...room, participants: { ...room.participants, ...changed } };
}
