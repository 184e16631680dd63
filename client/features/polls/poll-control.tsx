import { useState } from 'react';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import styles from './polls.module.css';
import { turnoutOf } from './turnout.ts';

export interface PollControlProps {
  readonly poll: Poll;
  readonly electorate: number;
  readonly mayOpen: boolean;
  readonly onOpen: () => Promise<void>;
  readonly onClose: () => Promise<void>;
}

/** Opening and closing: both say beforehand whom they touch. */
export function PollControl({ poll, electorate, mayOpen, onOpen, onClose }: PollControlProps) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  if (poll.phase === 'prepared') {
    return (
      <div className={styles.acts}>
        <Button kind="main" disabled={!mayOpen} onClick={() => setAsking(true)}>
          {t('room:pollForm.open')}
        </Button>
        <ConfirmDialog
          isOpen={isAsking}
          title={t('room:pollForm.openTitle')}
          act={t('room:pollForm.open')}
          isDangerous={false}
          onConfirm={() => onOpen().then(close)}
          onClose={close}
        >
          {t('room:pollForm.openText', { count: electorate })}
        </ConfirmDialog>
      </div>
    );
  }
  if (poll.phase === 'closed') return null;
  const { eligible, cast } = turnoutOf(poll);
  return (
    <div className={styles.acts}>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t('room:pollForm.close')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:pollForm.closeTitle')}
        act={t('room:pollForm.close')}
        isIrreversible
        onConfirm={() => onClose().then(close)}
        onClose={close}
      >
        {t('room:pollForm.closeText', { eligible, cast, left: eligible - cast })}
      </ConfirmDialog>
    </div>
  );
}
