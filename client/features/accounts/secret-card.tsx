import { useEffect, useId, useRef } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notices.tsx';
import styles from './accounts.module.css';

interface SecretCardProps {
  readonly login: string;
  readonly password: string;
  readonly onClose: () => void;
}

/** A password that was just made, to be handed on. It is kept nowhere: closed, it is gone. */
export function SecretCard({ login, password, onClose }: SecretCardProps) {
  const t = useText();
  const id = useId();
  const shown = useRef<HTMLInputElement>(null);
  // It takes the place of what had the focus.
  useEffect(() => shown.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(password);
      notify('good', t('accounts:secret.copied'));
    } catch {
      // In-app browsers and plain http have no clipboard: then the person copies what is selected.
      shown.current?.select();
      notify('calm', t('accounts:secret.copyFailed'));
    }
  };
  return (
    <div className={styles.sheet}>
      <p id={`${id}-once`}>{t('accounts:secret.once')}</p>
      <p>
        {t('accounts:login')} <strong className={styles.secret}>{login}</strong>
      </p>
      <label htmlFor={id}>{t('accounts:secret.password')}</label>
      <input
        ref={shown}
        id={id}
        className={styles.secretField}
        aria-describedby={`${id}-once`}
        data-autofocus
        readOnly
        value={password}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.acts}>
        {/* -- copy tells its own failure. */}
        <Button onClick={() => void copy()}>{t('accounts:secret.copy')}</Button>
        <Button kind="main" onClick={onClose}>
          {t('accounts:secret.done')}
        </Button>
      </div>
    </div>
  );
}
