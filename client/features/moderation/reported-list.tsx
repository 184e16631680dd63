import { useState } from 'react';
import type { ReportedView } from '../../../core/domain/moderation.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import { WaitingTime } from './case-words.tsx';
import styles from './moderation.module.css';
import { ReasonDialog } from './reason-dialog.tsx';

interface ReportedListProps {
  readonly visible: readonly ReportedView[];
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
}

/** What was reported and everybody still sees: somebody looks, whatever the number of reports [X12]. */
export function ReportedList({ visible, ...rest }: ReportedListProps) {
  const t = useText();
  if (visible.length === 0) return null;
  return (
    <>
      <h2 className={styles.title} role="status">
        {t('room:moderation.visible', { count: visible.length })}
      </h2>
      {visible.map((one) => (
        <ReportedCard key={one.view.id} one={one} {...rest} />
      ))}
    </>
  );
}

type ReportedCardProps = Omit<ReportedListProps, 'visible'> & { readonly one: ReportedView };

function ReportedCard({ one, clockOffsetMs, nameOf }: ReportedCardProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asking, setAsking] = useState<'hide' | 'dismiss' | null>(null);
  const { view, since, reasons, vouched } = one;
  const author = nameOf(view.by);
  const params = { viewId: view.id };
  const button = (act: 'hide' | 'dismiss', words: string) => (
    <Button aria-label={t('room:moderation.actOn', { act: words, author })} onClick={() => setAsking(act)}>
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
          title={t(`room:moderation.${asking}Title`)}
          act={t(`room:moderation.${asking}`)}
          label={t(asking === 'hide' ? 'room:moderation.tellAuthor' : 'room:moderation.tellReporters')}
          hasCode={asking === 'hide'}
          onSend={({ reason, why }) =>
            tell(
              asking === 'hide'
                ? send('hideView', { params, body: { reason, why } })
                : send('dismissReports', { params, body: { why } }),
            )
          }
          onClose={() => setAsking(null)}
        />
      )}
    </article>
  );
}
