import type { ReactNode } from 'react';
import { itemOf } from '../../../core/domain/room/known-ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import styles from './record.module.css';

/** Which views were merged and split, step by step, when and by whom; nothing where none were [C3]. */
export function Lineage({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const { merges = [] } = room;
  if (merges.length === 0) return null;
  const number = (id: Room['views'][number]['id']) => `#${itemOf(room.views, id)?.seq ?? '?'}`;
  return (
    <>
      <h3>{t('archive:views.lineage')}</h3>
      <ul className={styles.changes}>
        {merges.map(({ what, lead, others, by, at }, index) => (
          // Steps are never taken back: their place is who they are.
          <li key={index}>
            <time dateTime={at}>{formatTimeExact(at)}</time>{' '}
            {t(`archive:views.${what === 'merged' ? 'wasMerged' : 'wasSplit'}`, {
              others: others.map(number).join('、'),
              lead: number(lead),
            })}{' '}
            <span className={styles.changedBy} dir="auto">
              {nameOf(t, room.participants, by)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
