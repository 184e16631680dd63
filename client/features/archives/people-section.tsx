import type { ReactNode } from 'react';
import { arrivalOf } from '../../../core/domain/room/roll.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { groupByRole, type RoleGroup } from './grouping.ts';
import styles from './record.module.css';
import { Section, WideTable } from './section.tsx';

/** 应到 and 实到 by role, and when each person came in. */
export function PeopleSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const groups = groupByRole(room);
  return (
    <Section id="people" empty={groups.length === 0 ? t('archive:people.none') : null}>
      <WideTable name={t('archive:people.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:people.name')}</th>
            <th scope="col">{t('archive:people.affiliation')}</th>
            <th scope="col">{t('archive:people.venue')}</th>
            <th scope="col">{t('archive:people.entered')}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <PeopleOfRole key={group.role} room={room} group={group} />
        ))}
      </WideTable>
    </Section>
  );
}

function PeopleOfRole({ room, group }: { readonly room: Room; readonly group: RoleGroup }): ReactNode {
  const t = useText();
  return (
    <tbody>
      <tr className={styles.roleRow}>
        <th scope="rowgroup" colSpan={4}>
          <RoleBadge role={group.role} />{' '}
          <small>
            {t('archive:people.turnout', { expected: group.seats.length, present: group.present })}
          </small>
        </th>
      </tr>
      {group.seats.map((seat) => (
        <PersonRow key={seat.id} room={room} seat={seat} />
      ))}
    </tbody>
  );
}

function PersonRow({ room, seat }: { readonly room: Room; readonly seat: Seat }): ReactNode {
  const t = useText();
  const venue = room.plan?.venues.find((candidate) => candidate.id === seat.venueId);
  return (
    <tr>
      <th scope="row" dir="auto">
        {nameOf(t, room.participants, seat.id)}
        {seat.removedAt === null ? null : (
          <small> {t('archive:people.removed', { at: formatTime(seat.removedAt) })}</small>
        )}
      </th>
      <td dir="auto">{seat.affiliation === '' ? '—' : seat.affiliation}</td>
      <td dir="auto">{venue?.name ?? seat.venueId}</td>
      <td>
        <Attended room={room} seat={seat} />
      </td>
    </tr>
  );
}

/** When and how somebody came, that they were on leave, and that a check-in was taken back [M2] [M8]. */
function Attended({ room, seat }: { readonly room: Room; readonly seat: Seat }): ReactNode {
  const t = useText();
  const arrival = arrivalOf(seat);
  const { undone } = seat;
  return (
    <>
      {arrival === null ? (
        t(seat.leaveAt === undefined ? 'archive:people.absent' : 'archive:people.excused')
      ) : (
        <time dateTime={arrival.at}>{formatTime(arrival.at)}</time>
      )}
      {arrival === null || arrival.way === 'entered' ? null : (
        <small> {t(`archive:people.way.${arrival.way}`)}</small>
      )}
      {undone === undefined ? null : (
        <small>
          {' '}
          {t('archive:people.undone', {
            at: formatTime(undone.at),
            name: nameOf(t, room.participants, undone.by),
            count: undone.times,
          })}
        </small>
      )}
    </>
  );
}
