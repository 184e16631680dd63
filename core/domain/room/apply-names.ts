import { isSomebody, type By, type RoomEvent } from '../events.ts';
import type { Names } from '../names.ts';
import type { Room, Seat } from './state.ts';

type NameEvent = Extract<RoomEvent, { type: 'names:hidden' | 'name:lookedAt' }>;

/** Folds how people are shown, and who looked at a real name: how often comes of every event, blanked or not [U3]. */
export function applyNames(
  room: Room,
  { by, at, event }: { readonly by: By; readonly at: string; readonly event: NameEvent },
): Room {
  const names = room.names ?? { shown: 'address', looks: 0 };
  if (event.type === 'name:lookedAt') {
    const counted: Names = { ...names, looks: names.looks + 1 };
    if (event.look === null || (by !== 'office' && !isSomebody(by))) return { ...room, names: counted };
    const secrets = [...(names.secrets ?? []), { ...event.look, at, by }];
    return { ...room, names: { ...counted, secrets } };
  }
  const participants = { ...room.participants };
  for (const [index, id] of event.participantIds.entries()) {
    const seat: Seat | undefined = participants[id];
    if (seat !== undefined) participants[id] = { ...seat, name: event.names[index] ?? '' };
  }
  return { ...room, participants, names };
}
