import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { hasCome } from '../../../core/domain/room/roll.ts';
import { isIn, type Room } from '../../../core/domain/room/state.ts';

/** The agenda item after the current one, or the first; null at the end. */
export function nextItem(room: Pick<Room, 'agenda' | 'currentItemId'>): AgendaItem | null {
  const at = room.agenda.findIndex((item) => item.id === room.currentItemId);
  return room.agenda[at + 1] ?? null;
}

/** How many people are in the session now, as the log knows them. */
export function presentIn(room: Pick<Room, 'participants'>): {
  readonly expected: number;
  readonly present: number;
} {
  const seats = Object.values(room.participants).filter(isIn);
  return { expected: seats.length, present: seats.filter(hasCome).length };
}
