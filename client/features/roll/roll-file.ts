import { arrivalOf, attendanceOf } from '../../../core/domain/room/roll.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { formatDateTime } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import { musterOf } from './muster.ts';

type Shown = {
  readonly room: Pick<Room, 'participants' | 'plan'>;
  /** As the screen calls them. */
  readonly nameOf: (id: string) => string;
};

/** 签到表: the roll as the screen shows it, one line a person by venue and role, under a head [M9]. */
export function rollRows(t: Translate, { room, nameOf }: Shown): string[][] {
  const head = (['venue', 'name', 'affiliation', 'role', 'attendance', 'time', 'way'] as const).map(
    (column) => t(`room:rollFile.${column}`),
  );
  const rowOf = (venue: string, seat: Seat): string[] => {
    const arrival = arrivalOf(seat);
    return [
      venue,
      nameOf(seat.id),
      seat.affiliation,
      t(`words:role.${seat.role}`),
      t(`room:rollFile.is.${attendanceOf(seat)}`),
      arrival === null ? '' : formatDateTime(arrival.at),
      arrival === null ? '' : t(`room:rollFile.by.${arrival.way}`),
    ];
  };
  const lines = musterOf(room).flatMap(({ venue, roles }) =>
    roles.flatMap(({ seats }) => seats.map((seat) => rowOf(venue.name, seat))),
  );
  return [head, ...lines];
}
