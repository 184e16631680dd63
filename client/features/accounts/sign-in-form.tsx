import { useRef, useState } from 'react';
import { accountRoutes } from '../../../core/contract/accounts.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { setMe } from '../../lib/me.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './sign-in-form.module.css';

interface SignInFormProps {
  readonly onSignedIn: () => void;
}

/** Login and password; made for password managers, pasting and readers. */
export function SignInForm({ onSignedIn }: SignInFormProps) {
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [wasSubmitted, setSubmitted] = useState(false);
  const [missing, setMissing] = useState({ login: false, password: false });
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async () => {
    // Read from the form: password managers fill in fields without telling React.
    const filled = new FormData(form.current ?? undefined);
    const [login, password] = [textOf(filled.get('login')).trim(), textOf(filled.get('password'))];
    setSubmitted(true);
    setMissing({ login: login === '', password: password === '' });
    if (login === '' || password === '') {
      form.current
        ?.querySelector<HTMLInputElement>(login === '' ? '[name=login]' : '[name=password]')
        ?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      setMe(await call(accountRoutes.signIn, { body: { login, password } }));
      onSignedIn();
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
      form.current?.querySelector<HTMLInputElement>('[name=password]')?.focus();
    }
  };

  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        // submit never rejects: what fails is told in the form.
        if (!isBusy) void submit();
      }}
    >
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      <Field
        label={t('shell:signIn.login')}
        name="login"
        type="text"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={80}
        required
        error={wasSubmitted && missing.login ? t('shell:signIn.loginMissing') : undefined}
      />
      <Field
        label={t('shell:signIn.password')}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete="current-password"
        maxLength={200}
        required
        error={wasSubmitted && missing.password ? t('shell:signIn.passwordMissing') : undefined}
        side={
          <Button onClick={() => setShown(!isShown)}>
            {isShown ? t('shell:signIn.hide') : t('shell:signIn.show')}
          </Button>
        }
      />
      <Button kind="main" type="submit" isWide isBusy={isBusy}>
        {isBusy ? t('shell:signIn.submitting') : t('shell:signIn.submit')}
      </Button>
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}
