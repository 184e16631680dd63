import type { RoomEvent } from '../../../core/domain/events.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/** What to leave out of a comparison, where the words of an amendment, or why it was declined, are no longer in the log. */
export function erasedOfAmendments(event: RoomEvent): string[] {
  if (event.type === 'amendment:made') return [event.amendment.id];
  return event.type === 'amendment:declined' ? [whyOf(event.amendmentId)] : [];
}

/** The room without those words. */
export function quietAmendments(room: Room, erased: ReadonlySet<string>): Room {
  const { amendments, ...rest } = room;
  if (amendments === undefined) return room;
  return {
    ...rest,
    amendments: amendments.map((one) => {
      const { id, anchor, words, state } = one;
      const told = state.phase === 'declined' && erased.has(whyOf(id)) ? { ...state, why: '' } : state;
      if (!erased.has(id)) return { ...one, state: told };
      const silent = { anchor: { ...anchor, quote: '' }, words: words === null ? null : '', why: '' };
      return { ...one, ...silent, state: told };
    }),
  };
}

function whyOf(id: string): string {
  return `${id} declined`;
}
