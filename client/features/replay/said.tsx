import type { Room } from '../../../core/domain/room/state.ts';
import { formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { shownWords } from '../../room/shown-words.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import styles from './replay.module.css';

/** As many as can be followed while it plays; the record holds all of them. */
const SHOWN = 12;

/** The newest views and replies, the last one first. */
export function Said({ room }: { readonly room: Room }) {
  const t = useText();
  const newest = [...room.views.slice(-SHOWN), ...room.replies.slice(-SHOWN)]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, SHOWN);
  const all = room.views.length + room.replies.length;
  return (
    <div className={styles.said}>
      <h2>{t('archive:replay.views', { shown: newest.length, all })}</h2>
      {all === 0 ? <p className={styles.none}>{t('archive:replay.noViews')}</p> : null}
      {newest.map((one) => {
        const role = room.participants[one.by]?.role;
        return (
          <article key={one.id} className={styles.entry}>
            <p className={styles.byline}>
              {'stance' in one ? (
                <StanceBadge stance={one.stance} />
              ) : (
                <strong>{t(`words:commitment.${one.commitment}`)}</strong>
              )}
              <span dir="auto">{nameOf(t, room.participants, one.by)}</span>
              {role === undefined ? null : <RoleBadge role={role} />}
              <time dateTime={one.at}>{formatTimeExact(one.at)}</time>
            </p>
            <p dir="auto">{shownWords(t, one)}</p>
          </article>
        );
      })}
    </div>
  );
}
