import { useState } from 'react';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import type { PendingSaid } from './pending.ts';
import styles from './stream.module.css';

export interface PendingCardProps {
  readonly pending: PendingSaid;
  readonly isOffline: boolean;
  readonly onRetry: (key: string) => void;
  readonly onEdit: (pending: PendingSaid) => void;
  readonly onDiscard: (key: string) => void;
}

/** My own words on their way: sending, waiting for the network, or refused with what to do. */
export function PendingCard({ pending, isOffline, onRetry, onEdit, onDiscard }: PendingCardProps) {
  const t = useText();
  const [isDropping, setDropping] = useState(false);
  const { state } = pending;
  const isFailed = state.kind === 'refused';
  return (
    <article
      className={styles.pending}
      data-state={isFailed ? 'failed' : 'sending'}
      aria-label={t('room:pending.heading')}
    >
      <header className={styles.head}>
        {pending.kind === 'view' ? (
          <StanceBadge stance={pending.draft.stance} />
        ) : (
          <span className={styles.replyTitle}>{t('room:views.departmentReply')}</span>
        )}
        <span className={styles.sendState} data-state={isFailed ? 'failed' : 'sending'} role="status">
          {stateText()}
        </span>
      </header>
      <p className={styles.text} dir="auto">
        {pending.draft.text}
      </p>
      {pending.kind === 'view' && pending.draft.pictures !== undefined ? (
        <p className={styles.endorsers}>
          {t('room:pictures.enclosed', { count: pending.draft.pictures.length })}
        </p>
      ) : null}
      {isFailed ? (
        <footer className={styles.foot}>
          <span className={styles.acts}>
            <Button isSmall onClick={() => onRetry(pending.key)}>
              {t('room:pending.retry')}
            </Button>
            <Button isSmall onClick={() => onEdit(pending)}>
              {t('room:pending.edit')}
            </Button>
            <Button isSmall kind="danger" onClick={() => setDropping(true)}>
              {t('room:pending.drop')}
            </Button>
          </span>
        </footer>
      ) : null}
      <ConfirmDialog
        isOpen={isDropping}
        title={t('room:pending.drop')}
        act={t('room:pending.drop')}
        onConfirm={() => onDiscard(pending.key)}
        onClose={() => setDropping(false)}
      >
        {t('room:pending.dropText')}
      </ConfirmDialog>
    </article>
  );

  function stateText(): string {
    if (state.kind === 'refused') {
      const why = t('room:pending.failedWhy', { reason: reasonText(t, state.reason, state.details) });
      return pending.isKept ? why : `${why} ${t('shell:sending.onlyHere')}`;
    }
    if (state.kind === 'sent')
      return state.seq === null
        ? t('room:pending.saidDelivered')
        : t('room:views.delivered', { seq: state.seq });
    // The device keeps nothing (a full disk, a private window): the words live as long as this page.
    if (!pending.isKept) return t('shell:sending.onlyHere');
    return isOffline ? t('room:pending.waiting') : t('room:pending.sending');
  }
}
