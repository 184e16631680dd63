import type { ReactNode } from 'react';
import type { AgendaChange, Room } from '../../../core/domain/room/state.ts';
import { formatTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import styles from './record.module.css';

/** What was changed of the agenda as it was planned, when and by whom; nothing where nothing was [A8]. */
export function AgendaChanges({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const { agendaChanges = [] } = room;
  if (agendaChanges.length === 0) return null;
  return (
    <>
      <h3>{t('archive:agenda.changes')}</h3>
      <ul className={styles.changes}>
        {agendaChanges.map((change, index) => (
          // Changes are never taken back or put elsewhere: their place is who they are.
          <li key={index}>
            <time dateTime={change.at}>{formatTime(change.at)}</time>{' '}
            <span dir="auto">{changeWords(t, room, change)}</span>{' '}
            <span className={styles.changedBy} dir="auto">
              {nameOf(t, room.participants, change.by)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function changeWords(t: Translate, room: Room, change: AgendaChange): string {
  switch (change.what) {
    case 'minutes': {
      const { from, to, minutes } = change;
      return t('archive:agenda.moved', { from: titleIn(t, room, from), to: titleIn(t, room, to), minutes });
    }
    case 'order':
      return t('archive:agenda.reordered', { title: titleIn(t, room, change.itemId) });
    case 'added':
    case 'removed':
      return t(`archive:agenda.${change.what}`, {
        title: titleIn(t, room, change.itemId),
        minutes: change.minutes,
      });
  }
}

/** What an item is called, also one that is no longer there. */
function titleIn(t: Translate, { agenda, agendaChanges = [] }: Room, id: string): string {
  const item = agenda.find((one) => one.id === id);
  if (item !== undefined && item.title !== '') return item.title;
  const gone = agendaChanges.find(
    (change) => 'title' in change && change.itemId === id && change.title !== '',
  );
  if (gone !== undefined && 'title' in gone) return gone.title;
  return item === undefined ? t('archive:agenda.untitled') : t(`words:agenda.${item.kind}`);
}
