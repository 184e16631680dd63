import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { hasCome } from '../../../core/domain/room/roll.ts';
import { oncePer } from '../../../core/domain/once-per.ts';
import { seatsOf, type Room } from '../../../core/domain/room/state.ts';

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
  return counts(seatsOf(room));
}

const counts = oncePer((seats: ReturnType<typeof seatsOf>) => {
  const all = Object.values(seats);
  return { expected: all.length, present: all.filter(hasCome).length };
});
