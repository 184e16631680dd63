import type { Amendment, AmendmentState } from '../amendments.ts';
import { isSomebody, type By, type RoomEvent } from '../events.ts';
import { unreachable } from '../result.ts';
import { amendmentsOf } from './amending.ts';
import type { Room } from './state.ts';

type AmendingEvent = Extract<RoomEvent, { type: `amendment:${string}` }>;

/** Folds what people would have otherwise in the text, and what became of it. */
export function applyAmending(
  room: Room,
  { at, by, event }: { readonly at: string; readonly by: By; readonly event: AmendingEvent },
): Room {
  if (!isSomebody(by)) throw new Error('amendments are made and decided by people of the session');
  switch (event.type) {
    case 'amendment:made': {
      const amendment: Amendment = { ...event.amendment, by, at, state: { phase: 'waiting' } };
      return { ...room, amendments: [...amendmentsOf(room), amendment] };
    }
    case 'amendment:withdrawn':
      return inState(room, event.amendmentId, { phase: 'withdrawn', at });
    case 'amendment:accepted':
      return inState(room, event.amendmentId, {
        phase: 'accepted',
        by,
        at,
        ...(event.byHand === undefined ? {} : { byHand: event.byHand }),
      });
    case 'amendment:declined':
      return inState(room, event.amendmentId, { phase: 'declined', by, at, why: event.why });
    default:
      return unreachable(event);
  }
}

function inState(room: Room, id: Amendment['id'], state: AmendmentState): Room {
  const amendments = amendmentsOf(room).map((one) => (one.id === id ? { ...one, state } : one));
  return { ...room, amendments };
}
