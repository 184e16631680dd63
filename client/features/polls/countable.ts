import { may, type Role } from '../../../core/domain/people.ts';
import { chair } from '../../../core/domain/room/guards.ts';
import { seatsOf, type Room } from '../../../core/domain/room/state.ts';

/** Somebody who could vote, and so could count. */
export type Countable = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly affiliation: string;
};

/** Who could vote, or count hands or papers: whoever's role votes and does not hold the chair [B1] [B45]. */
export function countableIn(room: Room, nameOf: (id: string) => string): readonly Countable[] {
  const held = chair(room);
  return Object.values(seatsOf(room))
    .filter(({ id, role }) => id !== held && may(role, 'poll:vote'))
    .map(({ id, role, affiliation }) => ({ id, role, affiliation, name: nameOf(id) }));
}
