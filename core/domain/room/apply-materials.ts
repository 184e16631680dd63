import type { By, RoomEvent } from '../events.ts';
import type { Material } from '../materials.ts';
import { unreachable } from '../result.ts';
import { materialsOf } from './materials.ts';
import type { Room } from './state.ts';

type MaterialEvent = Extract<
  RoomEvent,
  { type: 'material:added' | 'material:withdrawn' | 'material:placed' }
>;

/** Folds what was put beside a session, taken out of it, and put elsewhere in the list. */
export function applyMaterials(
  room: Room,
  { at, by, event }: { readonly at: string; readonly by: By; readonly event: MaterialEvent },
): Room {
  if (by === 'clock' || by === 'withheld') throw new Error('materials are looked after by somebody');
  const materials = materialsOf(room);
  switch (event.type) {
    case 'material:added':
      return { ...room, materials: [...materials, { ...event.material, by, at }] };
    case 'material:withdrawn': {
      const edit = (one: Material): Material =>
        one.id === event.materialId ? { ...one, withdrawn: { by, at } } : one;
      return { ...room, materials: materials.map(edit) };
    }
    case 'material:placed': {
      const moved = materials.filter(({ id }) => id === event.materialId);
      const others = materials.filter(({ id }) => id !== event.materialId);
      const found = others.findIndex(({ id }) => id === event.before);
      const place = found < 0 ? others.length : found;
      return { ...room, materials: [...others.slice(0, place), ...moved, ...others.slice(place)] };
    }
    default:
      return unreachable(event);
  }
}
