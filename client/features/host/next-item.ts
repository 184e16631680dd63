import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { countRoll, type RollCounts } from '../../../core/domain/room/roll.ts';
import { oncePer } from '../../../core/domain/once-per.ts';
import { seatsOf, type Room } from '../../../core/domain/room/state.ts';

/** The agenda item after the current one, or the first; null at the end. */
export function nextItem(room: Pick<Room, 'agenda' | 'currentItemId'>): AgendaItem | null {
  const at = room.agenda.findIndex((item) => item.id === room.currentItemId);
  return room.agenda[at + 1] ?? null;
}

/** How many people are expected and present, as the roll counts them. */
export function presentIn(room: Pick<Room, 'participants'>): RollCounts {
  return counts(seatsOf(room));
}

const counts = oncePer((seats: ReturnType<typeof seatsOf>) => countRoll(Object.values(seats)));
