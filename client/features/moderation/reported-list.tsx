import { useState } from 'react';
import type { ReportedView } from '../../../core/domain/moderation.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ViewPictures } from '../../room/view-pictures.tsx';
import { Button } from '../../ui/button.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import { WaitingTime } from './case-words.tsx';
import styles from './moderation.module.css';
import { ReasonDialog } from './reason-dialog.tsx';

interface ReportedListProps {
  readonly visible: readonly ReportedView[];
  /** How many there are in all. */
  readonly count: number;
  /** As of which seq of the room they are shown: only the reports up to it are answered. */
  readonly seq: number;
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
}

/** What was reported and everybody still sees: somebody looks, whatever the number of reports [X12]. */
export function ReportedList({ visible, count, ...rest }: ReportedListProps) {
  const t = useText();
  if (visible.length === 0) return null;
  return (
    <>
      <h2 className={styles.title} role="status">
        {t('room:moderation.visible', { count })}
      </h2>
      {count === visible.length ? null : (
        <p className={styles.note}>{t('room:moderation.visibleShown', { shown: visible.length })}</p>
      )}
      {visible.map((one) => (
        <ReportedCard key={one.view.id} one={one} {...rest} />
      ))}
    </>
  );
}

type ReportedCardProps = Omit<ReportedListProps, 'visible' | 'count'> & { readonly one: ReportedView };

function ReportedCard({ one, seq, clockOffsetMs, nameOf }: ReportedCardProps) {
  const t = useText();
  const { sessionId } = useRoomStore();
  const send = useSend();
  const tell = useTell();
  // With what was seen when it was asked: what is reported while the reason is written waits for another look.
  const [asking, setAsking] = useState<{ readonly act: 'hide' | 'dismiss'; readonly seen: number } | null>(
    null,
  );
  const { view, since, reasons, vouched } = one;
  const author = nameOf(view.by);
  const params = { viewId: view.id };
  const button = (act: 'hide' | 'dismiss', words: string) => (
    <Button
      aria-label={t('room:moderation.actOn', { act: words, author })}
      onClick={() => setAsking({ act, seen: seq })}
    >
      {words}
    </Button>
  );
  return (
    <article
      className={styles.card}
      data-reported={view.id}
      aria-label={t('room:moderation.reportedOf', { author })}
    >
      <p className={styles.head}>
        <StanceBadge stance={view.stance} />
        <strong dir="auto">{author}</strong>
      </p>
      <p className={styles.words} dir="auto">
        {view.text}
      </p>
      <ViewPictures sessionId={sessionId} view={view} />
      <WaitingTime since={since} clockOffsetMs={clockOffsetMs} />
      <p className={styles.note}>
        {t('room:moderation.reports', {
          count: reasons.length,
          reasons: [...new Set(reasons)].map((code) => t(`room:moderation.reason.${code}`)).join('、'),
        })}{' '}
        {t('room:moderation.reporters', { vouched, guests: reasons.length - vouched })}
      </p>
      <div className={styles.acts}>
        {button('dismiss', t('room:moderation.dismiss'))}
        {button('hide', t('room:moderation.hide'))}
      </div>
      {asking === null ? null : (
        <ReasonDialog
          title={t(`room:moderation.${asking.act}Title`)}
          act={t(`room:moderation.${asking.act}`)}
          label={t(asking.act === 'hide' ? 'room:moderation.tellAuthor' : 'room:moderation.tellReporters')}
          hasCode={asking.act === 'hide'}
          onSend={({ reason, why }) =>
            tell(
              asking.act === 'hide'
                ? send('hideView', { params, body: { reason, why } })
                : send('dismissReports', { params, body: { why, seen: asking.seen } }),
            )
          }
          onClose={() => setAsking(null)}
        />
      )}
    </article>
  );
}
