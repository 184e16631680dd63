import { useState } from 'react';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { PendingTask } from './task-form.ts';
import styles from './tasks.module.css';

interface PendingTaskItemProps {
  readonly pending: PendingTask;
  readonly onRetry: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}

/** A task on its way to the room; a refused one stays until somebody decides what becomes of it. */
export function PendingTaskItem({ pending, onRetry, onEdit, onDiscard }: PendingTaskItemProps) {
  const t = useText();
  const [isDropping, setDropping] = useState(false);
  const { state, task } = pending;
  return (
    <li className={styles.task} data-pending={state.kind}>
      <p className={styles.what} dir="auto">
        {task.task}
      </p>
      <p className={styles.more} role="status">
        {stateText()}
      </p>
      {state.kind === 'refused' ? (
        <p className={styles.acts}>
          <Button isSmall onClick={onRetry}>
            {t('room:pending.retry')}
          </Button>
          <Button isSmall onClick={onEdit}>
            {t('room:pending.edit')}
          </Button>
          <Button isSmall kind="danger" onClick={() => setDropping(true)}>
            {t('room:pending.drop')}
          </Button>
        </p>
      ) : null}
      <ConfirmDialog
        isOpen={isDropping}
        title={t('room:pending.drop')}
        act={t('room:pending.drop')}
        onConfirm={onDiscard}
        onClose={() => setDropping(false)}
      >
        {t('room:pending.dropText')}
      </ConfirmDialog>
    </li>
  );

  function stateText(): string {
    if (state.kind === 'refused') {
      const why = t('room:pending.failedWhy', { reason: reasonText(t, state.reason, state.details) });
      return pending.isKept ? why : `${why} ${t('shell:sending.onlyHere')}`;
    }
    return pending.isKept ? t('room:pending.sending') : t('shell:sending.onlyHere');
  }
}
