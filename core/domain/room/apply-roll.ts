import type { By, RoomEvent } from '../events.ts';
import { unreachable } from '../result.ts';
import type { Room, Seat } from './state.ts';

type RollEvent = Extract<
  RoomEvent,
  {
    type: 'participant:checkedIn' | 'participant:checkInUndone' | 'leave:stated' | 'leave:withdrawn';
  }
>;

type Told = { readonly at: string; readonly by: By; readonly event: RollEvent };

/** Folds what happened to the roll into the room [M1]–[M4] [M8]. */
export function applyRoll(room: Room, told: Told): Room {
  const seat = room.participants[told.event.participantId];
  if (seat === undefined) return room;
  const { participants } = room;
  return { ...room, participants: { ...participants, [seat.id]: changed(seat, told) } };
}

/** Folds another role or venue of somebody into the room; where they were before a check-in may be forgotten by it. */
export function applyChange(
  room: Room,
  { participantId, role, venueId, placed }: Extract<RoomEvent, { type: 'participant:changed' }>,
): Room {
  const seat = room.participants[participantId];
  if (seat === undefined) return room;
  const changedSeat: Seat = { ...seat, role, venueId, ...(placed === true ? withoutFrom(seat) : {}) };
  return { ...room, participants: { ...room.participants, [seat.id]: changedSeat } };
}

function withoutFrom({ checkedIn }: Seat): Pick<Seat, 'checkedIn'> {
  if (checkedIn === undefined) return {};
  const { from: _from, ...rest } = checkedIn;
  return { checkedIn: rest };
}

function changed(seat: Seat, { at, by, event }: Told): Seat {
  const { checkedIn, leaveAt, leaveWhy, ...rest } = seat;
  const why = leaveWhy === undefined ? {} : { leaveWhy };
  switch (event.type) {
    case 'participant:checkedIn': {
      const { venueId, way, from, wasOnLeave } = event;
      const since = leaveAt ?? checkedIn?.leaveAt;
      const before = {
        ...(from === undefined ? {} : { from }),
        ...(wasOnLeave === undefined || since === undefined ? {} : { leaveAt: since }),
      };
      return {
        ...rest,
        ...(wasOnLeave === undefined ? {} : why),
        venueId,
        checkedIn: { at, venueId, way, ...before },
      };
    }
    case 'participant:checkInUndone': {
      const { way, venueId } = event;
      const { leaveAt: since = leaveAt } = checkedIn ?? {};
      const away = since === undefined ? {} : { leaveAt: since, ...why };
      const before = { ...rest, ...away, ...(venueId === undefined ? {} : { venueId }) };
      // Logs of before this was kept fold as they did.
      return way === undefined
        ? before
        : { ...before, undone: { times: (seat.undone?.times ?? 0) + 1, at, by, way } };
    }
    case 'leave:stated': {
      // Whoever is on leave has answered so.
      const { acceptedAt: _accepted, ...others } = rest;
      const said = event.why === undefined ? {} : { leaveWhy: event.why };
      return { ...others, ...wasIn(checkedIn), leaveAt: at, ...said };
    }
    case 'leave:withdrawn':
      return { ...rest, ...wasIn(checkedIn) };
    default:
      return unreachable(event);
  }
}

/** A check-in stays when leave is stated or withdrawn; the leave of before it is no more. */
function wasIn(checkedIn: Seat['checkedIn']): Pick<Seat, 'checkedIn'> {
  if (checkedIn === undefined) return {};
  const { leaveAt: _leave, ...rest } = checkedIn;
  return { checkedIn: rest };
}
