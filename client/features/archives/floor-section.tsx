import type { ReactNode } from 'react';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatDuration, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { floorTurns } from './grouping.ts';
import { Section, WideTable } from './section.tsx';

/** Who held the floor, when, and for how long. */
export function FloorSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const turns = floorTurns(room);
  return (
    <Section id="floor" empty={turns.length === 0 ? t('archive:floor.none') : null}>
      <WideTable name={t('archive:floor.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:floor.start')}</th>
            <th scope="col">{t('archive:floor.speaker')}</th>
            <th scope="col">{t('archive:agenda.item')}</th>
            <th scope="col">{t('archive:agenda.took')}</th>
          </tr>
        </thead>
        <tbody>
          {turns.map(({ turn, seconds }) => (
            <tr key={`${turn.startedAt}${turn.participantId}`}>
              <td>
                <time dateTime={turn.startedAt}>{formatTimeExact(turn.startedAt)}</time>
              </td>
              <th scope="row" dir="auto">
                {nameOf(t, room.participants, turn.participantId)}
              </th>
              <td dir="auto">{room.agenda.find((item) => item.id === turn.itemId)?.title ?? '—'}</td>
              <td>{seconds === null ? '—' : formatDuration(seconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Section>
  );
}
