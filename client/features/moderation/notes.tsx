import type { ModerationCounts } from '../../../core/domain/moderation.ts';
import { canBeDone, statesOf } from '../../../core/domain/room/course.ts';
import { may } from '../../../core/domain/people.ts';
import { isHeld, isReplyHeld } from '../../../core/domain/room/keeping-order.ts';
import { REASON_CODES } from '../../../core/domain/reason-codes.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { formatTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import styles from './moderation.module.css';

interface SilenceNoteProps {
  readonly room: Room;
  readonly seat: Seat | undefined;
  readonly nameOf: (id: string) => string;
  readonly className: string | undefined;
}

/** Says that everybody is silenced, by whom and since when; or that one's own views are looked at first. */
export function ModerationNote({ room, seat, nameOf, className }: SilenceNoteProps) {
  const t = useText();
  const silence = room.moderation?.silence;
  if (!canBeDone(room.state, 'view:moderate')) return null;
  if (silence !== undefined && statesOf('liftSilence').includes(room.state))
    return (
      <p className={className} data-tone="warn">
        {t('room:moderation.silent', { name: nameOf(silence.by), time: formatTime(silence.at) })}
      </p>
    );
  if (seat === undefined) return null;
  if (isHeld(room, seat)) return <p className={className}>{t('room:moderation.heldNote')}</p>;
  return may(seat.role, 'reply:post') && isReplyHeld(room, seat) ? (
    <p className={className}>{t('room:moderation.heldReplyNote')}</p>
  ) : null;
}

/** How often what was done, and why; for everybody, and never whose. Nothing where nothing was moderated. */
export function ModerationTally({ room }: { readonly room: Room }) {
  const t = useText();
  const { counts, waived, waivedBefore = [] } = room.moderation ?? {};
  if (counts === undefined) return null;
  return (
    <section className={styles.tally} aria-label={t('room:moderation.tally')}>
      <h2>{t('room:moderation.tally')}</h2>
      <dl>
        {linesOf(t, counts).map(({ words, count }) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {[...waivedBefore, ...(waived === undefined ? [] : [waived])].map(({ at, by, count, why }) => (
        <p key={at} dir="auto">
          {t('room:moderation.waived', { count, name: nameOf(t, room.participants, by), why })}
        </p>
      ))}
    </section>
  );
}

function linesOf(t: Translate, counts: ModerationCounts) {
  const plain = (['held', 'waiting', 'passed'] as const).map((name) => ({
    words: t(`room:moderation.counts.${name}`),
    count: counts[name],
  }));
  const byReason = (['refused', 'hidden'] as const).flatMap((name) =>
    REASON_CODES.filter((code) => counts[name][code] !== undefined).map((code) => ({
      words: t(`room:moderation.counts.${name}`, { reason: t(`room:moderation.reason.${code}`) }),
      count: counts[name][code] ?? 0,
    })),
  );
  const rest = (
    [
      'hiddenByReports',
      'restored',
      'appeals',
      'overturned',
      'upheld',
      'reports',
      'dismissed',
      'ended',
    ] as const
  )
    .map((name) => ({ words: t(`room:moderation.counts.${name}`), count: counts[name] ?? 0 }))
    .filter(({ count }) => count > 0);
  return [...plain, ...byReason, ...rest];
}
