import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import type { ParticipantId } from '../ids.ts';
import { chair, guardLiveAct, type Who } from './guards.ts';
import { guardVoice } from './keeping-order.ts';
import { currentTurn, seatOf, type Room, type Seat } from './state.ts';

/** Signals go while the session goes on. Observers sit in without them: 旁听 keeps still [Q1]; and whoever is not heard [X6] [X7]. */
export function guardSignal(room: Room, who: Who): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'signal:send');
  if (!seat.ok) return seat;
  const heard = guardVoice(room, who);
  return heard.ok ? seat : heard;
}

/**
 * Whether somebody is told in words what the hall asks for: whoever speaks, and whoever holds the chair [Q3]; where a
 * venue has the floor, whoever sits there [F10].
 */
export function isAddressed(room: Room, id: ParticipantId | null): boolean {
  if (id === null) return false;
  const turn = currentTurn(room);
  const isOfVenue = turn?.venueId !== undefined && seatOf(room, id)?.venueId === turn.venueId;
  return chair(room) === id || turn?.participantId === id || isOfVenue;
}
