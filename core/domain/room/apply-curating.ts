import { isSomebody, type By, type RoomEvent } from '../events.ts';
import { unreachable } from '../result.ts';
import type { Room } from './state.ts';

type CuratingEvent = Extract<
  RoomEvent,
  { type: 'view:spotlit' | 'spotlight:ended' | 'views:merged' | 'views:split' | 'screen:set' }
>;

/** Folds what was brought before everybody, merged or shown on the wall; none of it needs the views themselves. */
export function applyCurating(
  room: Room,
  { at, by, event }: { readonly at: string; readonly by: By; readonly event: CuratingEvent },
): Room {
  switch (event.type) {
    case 'view:spotlit':
      return { ...room, spotlight: { viewId: event.viewId, at } };
    case 'spotlight:ended': {
      const { spotlight: _over, ...rest } = room;
      return rest;
    }
    case 'views:merged':
    case 'views:split': {
      if (!isSomebody(by)) throw new Error('views are merged by somebody');
      const { lead, others } = event;
      const what = event.type === 'views:merged' ? 'merged' : 'split';
      return { ...room, merges: [...(room.merges ?? []), { what, lead, others, by, at }] };
    }
    case 'screen:set':
      return { ...room, screen: event.scene };
    default:
      return unreachable(event);
  }
}
