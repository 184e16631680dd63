import { may } from '../../../core/domain/people.ts';
import { chair } from '../../../core/domain/room/guards.ts';
import { seatsOf, type Room } from '../../../core/domain/room/state.ts';
import type { Countable } from './tellers-field.tsx';

/** Who could count hands or papers: whoever may vote and does not hold the chair [B45]. */
export function countableIn(room: Room, nameOf: (id: string) => string): readonly Countable[] {
  const held = chair(room);
  return Object.values(seatsOf(room))
    .filter(({ id, role }) => id !== held && may(role, 'poll:vote'))
    .map(({ id }) => ({ id, name: nameOf(id) }));
}
