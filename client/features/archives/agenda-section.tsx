import type { ReactNode } from 'react';
import { minutesAtFirst, usedMs } from '../../../core/domain/room/agenda-time.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { formatDuration, formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { AgendaChanges } from './agenda-changes.tsx';
import { itemAnchor } from '../../lib/record-anchors.ts';
import { Section, WideTable } from './section.tsx';

/** What was planned beside what happened, and what was moved between [A8]. */
export function AgendaSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  return (
    <Section id="agenda" empty={room.agenda.length === 0 ? t('archive:agenda.none') : null}>
      <WideTable name={t('archive:agenda.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:agenda.number')}</th>
            <th scope="col">{t('archive:agenda.item')}</th>
            <th scope="col">{t('archive:agenda.planned')}</th>
            <th scope="col">{t('archive:agenda.real')}</th>
            <th scope="col">{t('archive:agenda.took')}</th>
          </tr>
        </thead>
        <tbody>
          {room.agenda.map((item, index) => (
            <ItemRow key={item.id} item={item} number={index + 1} first={minutesAtFirst(room, item.id)} />
          ))}
        </tbody>
      </WideTable>
      <AgendaChanges room={room} />
    </Section>
  );
}

type ItemRowProps = {
  readonly item: AgendaItem;
  readonly number: number;
  /** Minutes that it was planned with at first. */
  readonly first: number;
};

function ItemRow({ item, number, first }: ItemRowProps): ReactNode {
  const t = useText();
  return (
    <tr id={itemAnchor(item.id)}>
      <td>{number}</td>
      <th scope="row" dir="auto">
        {item.title === '' ? t(`words:agenda.${item.kind}`) : item.title}
      </th>
      <td>
        {t('archive:agenda.minutes', { count: item.minutes })}
        {first === item.minutes ? null : <> {t('archive:agenda.first', { count: first })}</>}
      </td>
      <td>
        {item.startedAt === null ? (
          t('archive:agenda.skipped')
        ) : (
          <>
            <time dateTime={item.startedAt}>{formatTime(item.startedAt)}</time>
            {item.endedAt === null ? null : (
              <>
                –<time dateTime={item.endedAt}>{formatTime(item.endedAt)}</time>
              </>
            )}
          </>
        )}
      </td>
      <td>{item.endedAt === null ? '—' : formatDuration(usedMs(item, Date.parse(item.endedAt)))}</td>
    </tr>
  );
}
