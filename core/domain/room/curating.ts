import type { RoomEvent } from '../events.ts';
import type { ViewId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { View } from '../views.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import { guardLiveAct, type Who } from './guards.ts';
import type { Room } from './state.ts';

type CuratingCommand = CommandOf<'markView' | 'unmarkView' | 'spotlightView' | 'endSpotlight' | 'showScene'>;

/** Rules of bringing out what was said [C1] [C2], and of what the big screen shows [C5]. */
export function decideCurating(
  room: Room,
  who: Who,
  command: CuratingCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'markView': {
      const allowed = guardMark(room, who, command.viewId);
      return allowed.ok ? ok([{ type: 'view:marked', viewId: command.viewId }]) : allowed;
    }
    case 'unmarkView': {
      const allowed = guardUnmark(room, who, command.viewId);
      return allowed.ok ? ok([{ type: 'view:unmarked', viewId: command.viewId }]) : allowed;
    }
    case 'spotlightView': {
      const allowed = guardSpotlight(room, who, command.viewId);
      return allowed.ok ? ok([{ type: 'view:spotlit', viewId: command.viewId }]) : allowed;
    }
    case 'endSpotlight': {
      const seat = guardLiveAct(room, who, 'view:curate');
      if (!seat.ok) return seat;
      const inState = guardState(room, 'endSpotlight');
      if (!inState.ok) return inState;
      return room.spotlight === undefined ? refuse('NOT_SHOWN') : ok([{ type: 'spotlight:ended' }]);
    }
    case 'showScene': {
      const seat = guardLiveAct(room, who, 'screen:show');
      if (!seat.ok) return seat;
      const { scene } = command;
      return (room.screen ?? 'auto') === scene
        ? refuse('SHOWN_ALREADY')
        : ok([{ type: 'screen:set', scene }]);
    }
    default:
      return unreachable(command);
  }
}

/** Whether this person may mark this view as a key point now; one that is not held is the server's to judge [R2]. */
export function guardMark(room: Room, who: Who, viewId: ViewId): Result<null, Refusal> {
  const view = guardBroughtOut(room, who, viewId);
  if (!view.ok) return view;
  return view.value?.keyPoint === undefined ? ok(null) : refuse('MARKED_ALREADY');
}

/** Whether this person may take the mark off again. */
export function guardUnmark(room: Room, who: Who, viewId: ViewId): Result<null, Refusal> {
  const view = guardNamed(room, who, viewId);
  if (!view.ok) return view;
  return view.value !== null && view.value.keyPoint === undefined ? refuse('NOT_MARKED') : ok(null);
}

/** Whether this person may put this view before everybody now. */
export function guardSpotlight(room: Room, who: Who, viewId: ViewId): Result<null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:curate');
  if (!seat.ok) return seat;
  const inState = guardState(room, 'spotlightView');
  if (!inState.ok) return inState;
  if (room.spotlight?.viewId === viewId) return refuse('SHOWN_ALREADY');
  const view = guardBroughtOut(room, who, viewId);
  return view.ok ? ok(null) : view;
}

/** Nothing that was taken back or hidden stays before everybody. */
export function takenOffWith({ spotlight }: Room, viewId: ViewId): RoomEvent[] {
  return spotlight?.viewId === viewId ? [{ type: 'spotlight:ended' }] : [];
}

function guardBroughtOut(room: Room, who: Who, viewId: ViewId): Result<View | null, Refusal> {
  const view = guardNamed(room, who, viewId);
  if (view.ok && view.value?.hidden !== undefined) return refuse('VIEW_HIDDEN');
  return view.ok && view.value?.withdrawnAt !== undefined ? refuse('VIEW_WITHDRAWN') : view;
}

/** A view of the session, for those who keep its record; null where it is merely not held here. */
function guardNamed(room: Room, who: Who, viewId: ViewId): Result<View | null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:curate');
  if (!seat.ok) return seat;
  const view = viewIn(room, viewId);
  if (view !== undefined) return ok(view);
  return mayHaveView(room, viewId) ? ok(null) : refuse('VIEW_UNKNOWN');
}
