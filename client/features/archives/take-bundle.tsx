import { useEffect, useState, type ReactNode } from 'react';
import { archiveRoutes, type SigningKey } from '../../../core/contract/archives.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { bundleAddress } from './loading.ts';
import styles from './verify-panel.module.css';

/** 下载归档包: the record as one file, which is verified anywhere. */
export function TakeBundle({ sessionId }: { readonly sessionId: SessionId }): ReactNode {
  const t = useText();
  const [state, setState] = useState<'rests' | 'busy' | ApiError>('rests');
  const key = useSigningKey();
  const take = async (): Promise<void> => {
    setState('busy');
    try {
      const link = document.createElement('a');
      link.href = await bundleAddress(sessionId);
      link.download = '';
      link.click();
      setState('rests');
    } catch (thrown) {
      setState(asApiError(thrown));
    }
  };
  return (
    <div className={styles.take}>
      <div className={styles.lead}>
        <p>
          {t('archive:take.what')} <a href="/verify">{t('archive:take.where')}</a>
        </p>
        <div className={styles.acts}>
          {/* -- take never rejects. */}
          <Button isBusy={state === 'busy'} onClick={() => void take()}>
            {t('archive:take.button')}
          </Button>
        </div>
      </div>
      <div role="status">
        {state === 'busy' ? <p>{t('archive:take.packing')}</p> : null}
        {typeof state === 'string' ? null : (
          <p className={styles.failed}>{reasonText(t, state.reason, state.details)}</p>
        )}
      </div>
      {key === null ? null : (
        <p className={styles.fingerprint}>
          {t('archive:take.key')} <code>{key.fingerprint}</code>
        </p>
      )}
    </div>
  );
}

/** The key that this installation signs records with; null until it is told, and where it is not. */
function useSigningKey(): SigningKey | null {
  const [key, setKey] = useState<SigningKey | null>(null);
  useEffect(() => {
    const left = new AbortController();
    // Without it the record is read and taken as ever.
    call(archiveRoutes.getSigningKey, { signal: left.signal }).then(setKey, () => undefined);
    return () => left.abort();
  }, []);
  return key;
}
