import type { RoomEvent } from '../../../core/domain/events.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/** What to leave out of a comparison, where words about the text are no longer in the log. */
export function erasedOfAmendments(event: RoomEvent): string[] {
  if (event.type === 'amendment:made') return [event.amendment.id];
  if (event.type === 'amendment:declined') return [whyOf(event.amendmentId)];
  if (event.type === 'remark:made') return [event.remark.id];
  return event.type === 'remark:answered' ? [answersOf(event.remarkId)] : [];
}

/** The room without those words. */
export function quietAmendments(whole: Room, erased: ReadonlySet<string>): Room {
  const room = withoutRemarks(whole, erased);
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

/** Which of its answers is gone does not matter: none is compared. */
function withoutRemarks(room: Room, erased: ReadonlySet<string>): Room {
  const { remarks, ...rest } = room;
  if (remarks === undefined) return room;
  return {
    ...rest,
    remarks: remarks.map((one) => {
      const { id, anchor, answers } = one;
      const told = erased.has(answersOf(id)) ? answers.map((answer) => ({ ...answer, words: '' })) : answers;
      const said = erased.has(id) ? { anchor: { ...anchor, quote: '' }, words: '' } : {};
      return { ...one, ...said, answers: told };
    }),
  };
}

function answersOf(id: string): string {
  return `${id} answers`;
}
