import { useRef, type ReactNode } from 'react';
import { reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './accounts.module.css';

interface SheetProps {
  readonly error: ApiError | null;
  readonly isBusy: boolean;
  /** The act as a verb. */
  readonly act: string;
  /** False: something is wrong in the fields; the first one that says so takes the focus. */
  readonly onSubmit: () => boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Fields in a dialog, what went wrong, and the two ways on. */
export function Sheet({ error, isBusy, act, onSubmit, onClose, children }: SheetProps) {
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      className={styles.sheet}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (onSubmit()) return;
        // Once the fields were drawn again with what is wrong.
        requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      }}
    >
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      {children}
      <div className={styles.acts}>
        <Button onClick={onClose}>{t('shell:confirm.cancel')}</Button>
        <Button kind="main" type="submit" isBusy={isBusy}>
          {act}
        </Button>
      </div>
    </form>
  );
}
