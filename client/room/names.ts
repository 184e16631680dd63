import type { Seat } from '../../core/domain/room/state.ts';
import type { Translate } from '../lib/i18n.ts';

type Participants = Readonly<Record<string, Seat>>;

/**
 * How somebody is called, wherever the room or its record names them: their form of address; once that was erased,
 * their role in the reader's language and a short number that is theirs in this session [E4].
 */
export function nameOf(t: Translate, participants: Participants, by: string): string {
  if (by === 'office' || by === 'clock' || by === 'withheld') return t(`words:people.${by}`);
  const seat = Object.hasOwn(participants, by) ? participants[by] : undefined;
  if (seat === undefined) return t('words:people.unknown');
  if (seat.name !== '') return seat.name;
  const number = by.slice(-numberLength(participants));
  return t('words:people.nameless', { role: t(`words:role.${seat.role}`), number });
}

/** Whether everybody is called in one room as in the other. */
export function areSameNames(one: Participants, other: Participants): boolean {
  const ids = Object.keys(one);
  return (
    ids.length === Object.keys(other).length &&
    ids.every((id) => one[id]?.name === other[id]?.name && one[id]?.role === other[id]?.role)
  );
}

// A room is never changed in place, so what was found for its people stays true.
const lengths = new WeakMap<Participants, number>();

/** As few of the last characters of an id as tell everybody of a session apart, but at least four. */
function numberLength(participants: Participants): number {
  const known = lengths.get(participants);
  if (known !== undefined) return known;
  const ids = Object.keys(participants);
  let length = 4;
  while (length < 12 && new Set(ids.map((id) => id.slice(-length))).size < ids.length) length += 1;
  lengths.set(participants, length);
  return length;
}
