import type { RoomEvent } from '../events.ts';
import { unreachable } from '../result.ts';
import type { Room, Seat } from './state.ts';

type RollEvent = Extract<
  RoomEvent,
  {
    type: 'participant:checkedIn' | 'participant:checkInUndone' | 'leave:stated' | 'leave:withdrawn';
  }
>;

/** Folds what happened to the roll into the room [M1]–[M4]. */
export function applyRoll(
  room: Room,
  { at, event }: { readonly at: string; readonly event: RollEvent },
): Room {
  const seat = room.participants[event.participantId];
  if (seat === undefined) return room;
  const { participants } = room;
  return { ...room, participants: { ...participants, [seat.id]: changed(seat, event, at) } };
}

function changed(seat: Seat, event: RollEvent, at: string): Seat {
  const { checkedIn, leaveAt, leaveWhy, ...rest } = seat;
  const wasIn = checkedIn === undefined ? {} : { checkedIn };
  const wasAway = {
    ...(leaveAt === undefined ? {} : { leaveAt }),
    ...(leaveWhy === undefined ? {} : { leaveWhy }),
  };
  switch (event.type) {
    case 'participant:checkedIn': {
      const { venueId, way } = event;
      return { ...rest, venueId, checkedIn: { at, venueId, way } };
    }
    case 'participant:checkInUndone':
      return { ...rest, ...wasAway };
    case 'leave:stated': {
      // Whoever is on leave has answered so.
      const { acceptedAt: _accepted, ...others } = rest;
      const said = event.why === undefined ? {} : { leaveWhy: event.why };
      return { ...others, ...wasIn, leaveAt: at, ...said };
    }
    case 'leave:withdrawn':
      return { ...rest, ...wasIn };
    default:
      return unreachable(event);
  }
}
