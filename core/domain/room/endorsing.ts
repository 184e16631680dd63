import type { RoomEvent } from '../events.ts';
import type { ParticipantId, ViewId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { View } from '../views.ts';
import type { CommandOf } from './commands.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import { chair, guardLiveAct, type Who } from './guards.ts';
import { guardHeard } from './keeping-order.ts';
import type { Room } from './state.ts';

/** Rules of endorsing a view [V6] [V7]. */
export function decideEndorsing(
  room: Room,
  who: Who,
  { type, viewId }: CommandOf<'endorseView' | 'unendorseView'>,
): Result<readonly RoomEvent[], Refusal> {
  if (type === 'endorseView') {
    const allowed = guardEndorse(room, who, viewId);
    return allowed.ok ? ok([{ type: 'view:endorsed', viewId }]) : allowed;
  }
  const allowed = guardUnendorse(room, who, viewId);
  return allowed.ok ? ok([{ type: 'view:unendorsed', viewId }]) : allowed;
}

/**
 * Whether this person may endorse this view now: another's, once; whoever holds the chair stays neutral. A view that is
 * merely not held here is the server's to judge [R2].
 */
export function guardEndorse(room: Room, who: Who, viewId: ViewId): Result<null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:endorse');
  if (!seat.ok) return seat;
  const { id } = seat.value;
  if (chair(room) === id) return refuse('CHAIR_STAYS_NEUTRAL');
  const view = viewIn(room, viewId);
  if (view === undefined) return mayHaveView(room, viewId) ? ok(null) : refuse('VIEW_UNKNOWN');
  if (view.by === id) return refuse('OWN_VIEW');
  if (view.withdrawnAt !== undefined) return refuse('VIEW_WITHDRAWN');
  if (view.hidden !== undefined) return refuse('VIEW_HIDDEN');
  // Last: what is not for this person at all is not merely silent now.
  return isEndorsedBy(room, view, id) ? refuse('ENDORSED_ALREADY') : guardHeard(room, who, 'endorseView');
}

/** Whether this person may take their endorsement back now. */
export function guardUnendorse(room: Room, who: Who, viewId: ViewId): Result<null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:endorse');
  if (!seat.ok) return seat;
  const view = viewIn(room, viewId);
  if (view === undefined) return mayHaveView(room, viewId) ? ok(null) : refuse('VIEW_UNKNOWN');
  if (view.withdrawnAt !== undefined) return refuse('VIEW_WITHDRAWN');
  return isEndorsedBy(room, view, seat.value.id)
    ? guardHeard(room, who, 'unendorseView')
    : refuse('NOT_ENDORSED');
}

/** Whether somebody endorses a view that is held. */
export function isEndorsedBy(
  { endorsers = [] }: Pick<Room, 'endorsers'>,
  view: View,
  id: ParticipantId,
): boolean {
  const { endorsedBy = [] } = view;
  return endorsedBy.length > 0 && endorsedBy.includes(endorsers.indexOf(id));
}

/** Who endorses a view, as far as it is known here. */
export function endorsersOf(
  { endorsers = [] }: Pick<Room, 'endorsers'>,
  { endorsedBy = [] }: View,
): ParticipantId[] {
  return endorsedBy.flatMap((place) => endorsers[place] ?? []);
}
