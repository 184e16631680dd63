import { useState, type ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will happen, in words. */
  readonly children: ReactNode;
  /** To how many people; left out where it concerns only oneself. */
  readonly affects?: number;
  readonly isIrreversible?: boolean;
  /** The act itself as a verb, never "OK". */
  readonly act: string;
  readonly isDangerous?: boolean;
  /** Closes when it is done; a failure is the caller's to tell, and leaves the dialog open. */
  readonly onConfirm: () => Promise<void> | void;
  readonly onClose: () => void;
}

/** Asks before an act that touches others. Focus starts on the way out, and returns to where it came from. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    isOpen,
    title,
    children,
    affects,
    isIrreversible = false,
    act,
    isDangerous = true,
    onConfirm,
    onClose,
  } = props;
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <div className={styles.words}>{children}</div>
      {affects === undefined ? null : (
        <p className={styles.affects}>{t('shell:confirm.affects', { count: affects })}</p>
      )}
      {isIrreversible ? <p className={styles.affects}>{t('shell:confirm.irreversible')}</p> : null}
      <div className={styles.acts}>
        <Button data-autofocus onClick={onClose}>
          {t('shell:confirm.cancel')}
        </Button>
        {/* -- a failure of confirm is told by whoever gave it. */}
        <Button kind={isDangerous ? 'danger' : 'main'} isBusy={isBusy} onClick={() => void confirm()}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}
