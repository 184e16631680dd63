import { useEffect, useState } from 'react';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Plain } from '../../ui/plain.tsx';

interface SignedInProps {
  readonly name: string;
  /** What this device would lose with the sign-in. */
  readonly held: { readonly unsent: number; readonly unsaved: number };
  /** How many ballots could not be cast any more; it takes a moment to say. */
  readonly uncast: () => Promise<number>;
  /** Throws ApiError when it could not be done. */
  readonly onSignOut: () => Promise<void>;
}

/** Somebody with an account, but no seat here, has scanned a code for guests: nothing is taken from them unasked. */
export function SignedIn({ name, held, uncast, onSignOut }: SignedInProps) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [tokens, setTokens] = useState(0);
  useEffect(() => {
    let isOver = false;
    // -- it never rejects.
    void uncast().then((count) => isOver || setTokens(count));
    return () => {
      isOver = true;
    };
  }, [uncast]);
  const leave = async () => {
    setBusy(true);
    setError(null);
    try {
      await onSignOut();
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Plain title={t('join:signedIn.title')} mark="seat">
      <p dir="auto">{t('join:signedIn.body', { name })}</p>
      {tokens > 0 ? <p>{t('shell:signOut.uncast', { count: tokens })}</p> : null}
      {held.unsent > 0 ? <p>{t('shell:signOut.unsent', { count: held.unsent })}</p> : null}
      {held.unsaved > 0 ? <p>{t('shell:signOut.unsaved', { count: held.unsaved })}</p> : null}
      {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
      {/* -- leave never rejects: it tells its failure itself. */}
      <Button kind="main" isBusy={isBusy} onClick={() => void leave()}>
        {t('join:signedIn.signOut')}
      </Button>
      <ButtonLink kind="quiet" to="/">
        {t('join:signedIn.stay')}
      </ButtonLink>
    </Plain>
  );
}
