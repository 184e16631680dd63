import type { By } from '../../../core/domain/events.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Translate } from '../../lib/i18n.ts';

/** How the record calls somebody: their form of address, or what stands for it after an erasure. */
export function nameOf(t: Translate, room: Room, by: By): string {
  if (by === 'office') return t('archive:people.office');
  const seat = Object.hasOwn(room.participants, by) ? room.participants[by] : undefined;
  if (seat === undefined) return t('archive:people.unknown');
  return seat.name === '' ? t('archive:people.erased') : seat.name;
}

/** The anchor of an entry: what #seq in the text leads to. */
export function anchorOf(seq: number): string {
  return `entry-${seq}`;
}
