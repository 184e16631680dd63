import type { RoomEvent } from '../events.ts';
import type { Room, Seat } from './state.ts';

type LobbyEvent = Extract<RoomEvent, { type: `lobby:${string}` }>;

/** Folds what happens in the lobby into the room [H1] [H2]. */
export function applyLobby(
  { hasLobby, ...room }: Room,
  { at, event }: { readonly at: string; readonly event: LobbyEvent },
): Room {
  if (event.type === 'lobby:set') return event.isOn ? { ...room, hasLobby: true } : room;
  const was = hasLobby === undefined ? {} : { hasLobby };
  const ids = event.type === 'lobby:admitted' ? event.participantIds : [event.participantId];
  const seats = ids.flatMap((id) => room.participants[id] ?? []);
  const changed = seats.map((seat): [string, Seat] => {
    if (event.type === 'lobby:turnedAway')
      return [seat.id, { ...seat, removedAt: at, turnedAwayWhy: event.why }];
    const { waitingAt: _waiting, ...admitted } = seat;
    const called = event.people?.[event.participantIds.indexOf(seat.id)];
    // Erased, or of before it was told: they are called what they were when they came.
    return [seat.id, called === undefined || called.name === '' ? admitted : { ...admitted, ...called }];
  });
  return { ...room, ...was, participants: { ...room.participants, ...Object.fromEntries(changed) } };
}
