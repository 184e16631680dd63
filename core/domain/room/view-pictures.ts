import type { RoomEvent } from '../events.ts';
import type { ViewId } from '../ids.ts';
import type { ModerationCase } from '../moderation.ts';
import type { ViewPicture } from '../pictures.ts';
import { isOver } from '../sessions.ts';
import { viewIn } from './earlier.ts';
import type { Who } from './guards.ts';
import { isModerator } from './keeping-order.ts';
import { isOpen } from './open-cases.ts';
import { caseOf } from './reviewing.ts';
import type { Room } from './state.ts';

/**
 * The pictures of a view as somebody who may read the room reads it now: in the room, where what was taken back or hidden
 * has none, or else, where the view is kept from the room, as its author or as whoever may decide on it [J3]. Null: for them
 * there is no such view. It looks at this one view only, however many there are. Of a room that holds everything.
 */
export function picturesFor(room: Room, who: Who, viewId: ViewId): readonly ViewPicture[] | null {
  const one = caseOf(room, viewId);
  if (one !== undefined && isShownCase(room, who, one)) return one.view.pictures ?? [];
  const view = viewIn(room, viewId);
  return view === undefined ? null : (view.pictures ?? []);
}

/** Whether somebody is shown a view that is kept from the room: as moderationFor shows it. */
function isShownCase(room: Room, who: Who, one: ModerationCase): boolean {
  if (who.kind === 'participant' && one.view.by === who.id) return true;
  if (!isModerator(room, who)) return false;
  return isOpen(one) || (one.kind === 'hidden' && one.state.phase === 'refused');
}

/**
 * Views of which, behind these events, nobody will read the pictures again: taken back, let go of, or refused for good,
 * which all are that are kept from the room when the session ends. Their pictures are deleted with the events [J5].
 */
export function viewsWithoutPictures(
  before: Room,
  after: Room,
  events: readonly RoomEvent[],
): readonly ViewId[] {
  const left = events.flatMap((event) => leftBy(event) ?? []);
  const isEnding = isOver(after.state) && !isOver(before.state);
  const kept = isEnding ? (after.moderation?.secrets?.cases ?? []).map(({ viewId }) => viewId) : [];
  const isNew = (id: ViewId) => events.some((event) => idOfNew(event) === id);
  return [...new Set([...left, ...kept])].filter((id) => isNew(id) || hasPictures(before, id));
}

function idOfNew(event: RoomEvent): ViewId | undefined {
  if (event.type === 'view:posted') return event.view.id;
  return event.type === 'view:held' ? event.held?.id : undefined;
}

function leftBy(event: RoomEvent): ViewId | null | undefined {
  switch (event.type) {
    case 'view:withdrawn':
    case 'view:forgone':
    case 'view:upheld':
      return event.viewId;
    case 'view:held':
      return event.held?.insteadOf;
    default:
      return null;
  }
}

function hasPictures(room: Room, id: ViewId): boolean {
  return caseOf(room, id)?.view.pictures !== undefined || viewIn(room, id)?.pictures !== undefined;
}
