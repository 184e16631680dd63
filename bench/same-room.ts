import { canonical } from '../core/domain/canonical.ts';
import type { Envelope } from '../core/domain/events.ts';
import { apply } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { checkOrder } from '../load/check-readers.ts';
import type { Person } from '../load/people.ts';
import type { Picture } from '../load/pictures.ts';

/**
 * Throws unless what everybody heard behind their snapshot is the log to its end, and the snapshots are the fold of
 * the log up to theirs: then all hold one room, and all of it. Without views and polls a snapshot is the whole fold.
 */
export function guardSameRoom(
  log: readonly Envelope[],
  people: readonly Person[],
  pictures: readonly Picture[],
): void {
  const heard = people.map(({ id, listener }) => ({ reader: id, ...listener.heard() }));
  const [broken] = checkOrder({ log, heard });
  if (broken !== undefined) throw new Error(`${broken.promise}: ${broken.what}`);
  const shown = new Map(pictures.map((picture) => [picture.seq, picture]));
  let room = EMPTY_ROOM;
  for (const envelope of log) {
    room = apply(room, envelope);
    const picture = shown.get(room.seq);
    if (picture !== undefined && canonical(picture.whole()) !== canonical(room))
      throw new Error(`somebody was shown another room at ${room.seq}`);
  }
}
