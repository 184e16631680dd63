import type { ReactNode } from 'react';
import type { Room } from '../../../core/domain/room/state.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { formatDuration, formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { secondsBetween } from './grouping.ts';
import { Section, WideTable } from './section.tsx';

/** What was planned beside what happened. */
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
            <ItemRow key={item.id} item={item} number={index + 1} />
          ))}
        </tbody>
      </WideTable>
    </Section>
  );
}

function ItemRow({ item, number }: { readonly item: AgendaItem; readonly number: number }): ReactNode {
  const t = useText();
  const seconds = secondsBetween(item.startedAt, item.endedAt);
  return (
    <tr id={`item-${item.id}`}>
      <td>{number}</td>
      <th scope="row" dir="auto">
        {item.title}
      </th>
      <td>{t('archive:agenda.minutes', { count: item.minutes })}</td>
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
      <td>{seconds === null ? '—' : formatDuration(seconds * 1000)}</td>
    </tr>
  );
}
