import type { ReactNode } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { TakeBundle } from './take-bundle.tsx';
import styles from './verify-panel.module.css';
import { useVerification, type Verification } from './use-verification.ts';
import { VerdictBlock } from './verdict.tsx';

/** 核验: the reader's own browser recomputes what the record claims. */
export function VerifyPanel({ archive }: { readonly archive: Archive }): ReactNode {
  const t = useText();
  const { verification, start } = useVerification(archive);
  const isBusy = verification.step === 'loading' || verification.step === 'hashing';
  return (
    <section className={styles.panel} aria-labelledby="verify-title">
      <div className={styles.lead}>
        <div>
          <h2 id="verify-title">{t('archive:verify.title')}</h2>
          <p>{t('archive:verify.what')}</p>
        </div>
        <div className={styles.acts}>
          <Button kind="main" isBusy={isBusy} onClick={start}>
            {t(verification.step === 'done' ? 'archive:verify.again' : 'archive:verify.start')}
          </Button>
          <Button onClick={() => window.print()}>{t('archive:print')}</Button>
        </div>
      </div>
      <div role="status">
        <Progress verification={verification} />
      </div>
      <p className={styles.fingerprint}>
        {t('archive:verify.fingerprint', { count: archive.seq })} <code>{archive.headHash}</code>
      </p>
      <TakeBundle sessionId={archive.sessionId} />
    </section>
  );
}

function Progress({ verification }: { readonly verification: Verification }): ReactNode {
  const t = useText();
  switch (verification.step) {
    case 'idle':
      return null;
    case 'loading': {
      const { rows, total } = verification;
      return (
        <div className={styles.progress}>
          <p>{t('archive:verify.loading', { rows, total })}</p>
          <progress value={rows} max={Math.max(total, 1)} aria-label={t('archive:verify.title')} />
        </div>
      );
    }
    case 'hashing':
      return (
        <div className={styles.progress}>
          <p>{t('archive:verify.hashing', { count: verification.total })}</p>
          <progress aria-label={t('archive:verify.title')} />
        </div>
      );
    case 'failed':
      return (
        <p className={styles.failed}>
          {t('archive:verify.failed')} {reasonText(t, verification.error.reason, verification.error.details)}
        </p>
      );
    case 'done':
      return <VerdictBlock verdict={verification.verdict} evidence={verification.evidence} />;
  }
}
