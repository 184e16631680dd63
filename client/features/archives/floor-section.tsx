import type { ReactNode } from 'react';
import { wasEndedByClock } from '../../../core/domain/room/floor-time.ts';
import type { Room, Turn } from '../../../core/domain/room/state.ts';
import { formatDuration, formatTimeExact } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { holderName } from '../../room/holder-name.ts';
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
            <th scope="col">{t('archive:floor.notes')}</th>
          </tr>
        </thead>
        <tbody>
          {turns.map(({ turn, seconds }) => (
            <tr key={`${turn.startedAt}${turn.participantId ?? turn.venueId}`}>
              <td>
                <time dateTime={turn.startedAt}>{formatTimeExact(turn.startedAt)}</time>
              </td>
              <th scope="row" dir="auto">
                {holderName(t, { room, nameOf: (id) => nameOf(t, room.participants, id) }, turn)}
              </th>
              <td dir="auto">{room.agenda.find((item) => item.id === turn.itemId)?.title ?? '—'}</td>
              <td>{seconds === null ? '—' : formatDuration(seconds * 1000)}</td>
              <td>{notesOf(t, turn)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Section>
  );
}

/** What was out of the ordinary in a turn: its kind, more time, rules that were gone beyond, the clock's own end. */
function notesOf(t: Translate, turn: Turn): string {
  const { kind = 'speech', time, overrides = [] } = turn;
  const notes = [
    ...(turn.venueId !== undefined && turn.speakerId === undefined ? [t('archive:floor.unnamed')] : []),
    ...(kind === 'speech' ? [] : [t(`archive:floor.kind.${kind}`)]),
    ...(time === undefined || time.extraSeconds === 0
      ? []
      : [t('archive:floor.extended', { time: formatDuration(time.extraSeconds * 1_000) })]),
    ...overrides.map((override) => t(`archive:floor.beyond.${override}`)),
    ...(wasEndedByClock(turn) ? [t('archive:floor.byClock')] : []),
  ];
  return notes.length === 0 ? '—' : notes.join(t('archive:floor.join'));
}
