import { useLocation, useSearch } from 'wouter';
import { nextPath } from '../features/accounts/next-path.ts';
import { SignInForm } from '../features/accounts/sign-in-form.tsx';
import { useText } from '../lib/i18n.ts';
import { kept } from '../lib/kept.ts';
import { Alert } from '../ui/alert.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import styles from './sign-in.module.css';

export function SignInPage() {
  const t = useText();
  const search = useSearch();
  const [, navigate] = useLocation();
  const isBack = new URLSearchParams(search).has('next');
  const expired = kept.isLasting() ? t('shell:signIn.expired') : t('shell:signIn.expiredNotKept');
  return (
    <PageFrame title={t('shell:signIn.title')}>
      <div className={styles.sheet}>
        <h1>{t('shell:signIn.title')}</h1>
        {isBack ? <Alert tone="calm">{expired}</Alert> : <p>{t('shell:signIn.intro')}</p>}
        <SignInForm onSignedIn={() => navigate(nextPath(search), { replace: true })} />
        <p className={styles.hint}>{t('shell:signIn.guestHint')}</p>
        <p className={styles.hint}>
          <a href="/recount">{t('shell:signIn.recount')}</a>
          <br />
          <a href="/verify">{t('shell:signIn.verify')}</a>
        </p>
      </div>
    </PageFrame>
  );
}
