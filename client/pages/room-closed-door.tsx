import { signInPath } from '../features/accounts/next-path.ts';
import { reasonText, type ApiError } from '../lib/errors.ts';
import { useText } from '../lib/i18n.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Failed } from '../ui/states.tsx';

interface RoomFailedProps {
  readonly error: ApiError;
  readonly onRetry: () => void;
}

/** The room could not be entered: why, and what to do. */
export function RoomFailed({ error, onRetry }: RoomFailedProps) {
  const t = useText();
  if (error.code === 'UNAUTHENTICATED') return <SignInFirst />;
  return (
    <PageFrame title={t('room:page.failed')}>
      <Failed error={error} onRetry={onRetry} />
    </PageFrame>
  );
}

interface RoomCutProps {
  readonly error: ApiError;
}

/** The server no longer lets this person hear: removed, or signed out elsewhere. */
export function RoomCut({ error }: RoomCutProps) {
  const t = useText();
  if (error.code === 'UNAUTHENTICATED') return <SignInFirst />;
  const isRemoved = error.reason === 'REMOVED_FROM_SESSION';
  const title = isRemoved ? t('room:page.removed') : t('shell:cut.title');
  return (
    <PageFrame title={title}>
      <Plain title={title} mark="ended">
        <p>{isRemoved ? t('room:page.removedHint') : reasonText(t, error.reason, error.details)}</p>
        <ButtonLink to="/">{t('room:page.home')}</ButtonLink>
      </Plain>
    </PageFrame>
  );
}

/** Nobody is signed in here any more. A guest has no password: the code comes first, the account second. */
function SignInFirst() {
  const t = useText();
  return (
    <PageFrame title={t('shell:cut.signedOut')}>
      <Plain title={t('shell:cut.signedOut')} mark="forbidden">
        <p>{t('shell:cut.scan')}</p>
        <p>{t('shell:cut.signIn')}</p>
        <ButtonLink to={signInPath(window.location.pathname)}>{t('room:page.signIn')}</ButtonLink>
      </Plain>
    </PageFrame>
  );
}
