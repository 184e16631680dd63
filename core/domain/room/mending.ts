import type { RoomEvent } from '../events.ts';
import type { ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { EDIT_MINUTES, type View } from '../views.ts';
import { withdrawnWith } from './asking.ts';
import { takenOffWith } from './curating.ts';
import type { Command, CommandOf } from './commands.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import type { Facts } from './facts.ts';
import { guardLiveAct, type Who } from './guards.ts';
import { guardHeard, isHeld } from './keeping-order.ts';
import { seatOf, type Room } from './state.ts';

const EDIT_MS = EDIT_MINUTES * 60_000;

/** Rules of correcting one's own view and taking it back [V8] [V9]. */
export function decideMending(
  room: Room,
  who: Who,
  command: CommandOf<'editView' | 'withdrawView'>,
  { at, endorsed = 0 }: Pick<Facts, 'at' | 'endorsed'>,
): Result<readonly RoomEvent[], Refusal> {
  const { viewId } = command;
  if (command.type === 'withdrawView') {
    const own = guardWithdraw(room, who, viewId);
    if (!own.ok) return own;
    return ok([
      { type: 'view:withdrawn', viewId },
      ...withdrawnWith(room, viewId),
      ...takenOffWith(room, viewId),
    ]);
  }
  const own = guardEdit(room, who, viewId, at === undefined ? Number.NaN : Date.parse(at));
  if (!own.ok) return own;
  if (own.value?.text === command.text) return refuse('WORDS_UNCHANGED');
  // What stands there from now on is not what they put their name to [V8].
  return ok([{ type: 'view:edited', viewId, text: command.text, ...(endorsed === 0 ? {} : { endorsed }) }]);
}

/** How many endorse the words that a command corrects: a fact of whoever holds every view [R2]. */
export function endorsedFact(room: Room, command: Command): Pick<Facts, 'endorsed'> {
  if (command.type !== 'editView') return {};
  const endorsed = viewIn(room, command.viewId)?.endorsedBy?.length ?? 0;
  return endorsed === 0 ? {} : { endorsed };
}

/**
 * Whether this person may correct this view at a moment, in milliseconds of the server's clock: their own, within five
 * minutes, a few times. Null for a view that is merely not held here: the server judges it [R2].
 */
export function guardEdit(room: Room, who: Who, viewId: ViewId, nowMs: number): Result<View | null, Refusal> {
  const own = guardWithdraw(room, who, viewId);
  if (!own.ok || own.value === null) return own;
  // What is looked at before it is published is not changed behind the back of whoever looked [X3].
  const seat = who.kind === 'participant' ? seatOf(room, who.id) : undefined;
  if (seat !== undefined && isHeld(room, seat)) return refuse('EDIT_IS_HELD');
  const heard = guardHeard(room, who, 'editView');
  return heard.ok ? isEditable(own.value, nowMs) : heard;
}

/** Whether a view of one's own may still be corrected, at a moment in milliseconds of the server's clock. */
export function isEditable(view: View, nowMs: number): Result<View, Refusal> {
  if (view.hidden !== undefined) return refuse('VIEW_HIDDEN');
  if ((view.edits?.length ?? 0) >= LIMITS.editsPerView) return refuse('EDITED_TOO_OFTEN');
  // Asked so that no moment at all refuses as well.
  const isInTime = nowMs < Date.parse(view.at) + EDIT_MS;
  return isInTime ? ok(view) : refuse('EDIT_TOO_LATE', { minutes: EDIT_MINUTES });
}

/** Whether this person may take this view back now: their own, while the session goes on. Null as in guardEdit. */
export function guardWithdraw(room: Room, who: Who, viewId: ViewId): Result<View | null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:post');
  if (!seat.ok) return seat;
  const view = viewIn(room, viewId);
  if (view === undefined) return mayHaveView(room, viewId) ? ok(null) : refuse('VIEW_UNKNOWN');
  if (view.by !== seat.value.id) return refuse('NOT_OWN_VIEW');
  return view.withdrawnAt === undefined ? ok(view) : refuse('VIEW_WITHDRAWN');
}
