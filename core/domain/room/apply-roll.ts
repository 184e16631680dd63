import type { By, RoomEvent } from '../events.ts';
import { unreachable } from '../result.ts';
import { checkInOn, everyCheckIn, someCheckIn } from './check-ins.ts';
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
  return { checkedIn: everyCheckIn(checkedIn, ({ from: _from, ...rest }) => rest) };
}

function changed(seat: Seat, { at, by, event }: Told): Seat {
  const { checkedIn, leaveAt, leaveWhy, ...rest } = seat;
  const why = leaveWhy === undefined ? {} : { leaveWhy };
  switch (event.type) {
    case 'participant:checkedIn': {
      const { venueId, way, from, wasOnLeave, again } = event;
      // In logs of before that was told apart a second check-in took the place of the first.
      const since = again === undefined ? (leaveAt ?? checkedIn?.leaveAt) : leaveAt;
      const before = {
        ...(from === undefined ? {} : { from }),
        ...(wasOnLeave === undefined || since === undefined ? {} : { leaveAt: since }),
      };
      const newest = { at, venueId, way, ...before };
      const now = checkInOn(again === undefined ? undefined : checkedIn, newest);
      return { ...rest, ...(hasLeave(now) || wasOnLeave === true ? why : {}), venueId, checkedIn: now };
    }
    case 'participant:checkInUndone': {
      const { way, venueId } = event;
      const { leaveAt: since = leaveAt, previous } = checkedIn ?? {};
      const away = since === undefined ? {} : { leaveAt: since };
      const before = {
        ...rest,
        ...away,
        ...(since !== undefined || hasLeave(previous) ? why : {}),
        ...(venueId === undefined ? {} : { venueId }),
        ...(previous === undefined ? {} : { checkedIn: previous }),
      };
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
  return { checkedIn: everyCheckIn(checkedIn, ({ leaveAt: _leave, ...rest }) => rest) };
}

function hasLeave(checkedIn: Seat['checkedIn']): boolean {
  return someCheckIn(checkedIn, ({ leaveAt }) => leaveAt !== undefined);
}
