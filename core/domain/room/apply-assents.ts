import { isSomebody, type By, type RoomEvent } from '../events.ts';
import { assentsOf } from './assenting.ts';
import type { Room } from './state.ts';

type AssentEvent = Extract<RoomEvent, { type: `assent:${string}` }>;

/** Folds who agrees with which paragraph; where it stands is where whoever agreed last has seen it. */
export function applyAssents(
  room: Room,
  { by, event }: { readonly by: By; readonly event: AssentEvent },
): Room {
  if (!isSomebody(by)) throw new Error('people of the session agree with paragraphs');
  const all = assentsOf(room);
  if (event.type === 'assent:withdrawn') {
    const assents = all.map((one) =>
      one.sha256 === event.sha256 ? { ...one, by: one.by.filter((id) => id !== by) } : one,
    );
    return { ...room, assents };
  }
  const { assent } = event;
  const known = all.find(({ sha256 }) => sha256 === assent.sha256);
  if (known === undefined) return { ...room, assents: [...all, { ...assent, by: [by] }] };
  const assents = all.map((one) => (one === known ? { ...assent, by: [...known.by, by] } : one));
  return { ...room, assents };
}
