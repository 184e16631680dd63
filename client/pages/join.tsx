import { isSealed } from '../../core/domain/sessions.ts';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { signInPath } from '../features/accounts/next-path.ts';
import { Invitation } from '../features/joining/invitation.tsx';
import { JoinForm } from '../features/joining/join-form.tsx';
import { Trouble } from '../features/joining/trouble.tsx';
import { SignedIn } from '../features/joining/signed-in.tsx';
import {
  arriveAtDoor,
  askAgain,
  enterDoor,
  heldAtDoor,
  signOutAtDoor,
  uncastAtDoor,
  useDoor,
  type Door,
} from '../features/joining/door.ts';
import { useText } from '../lib/i18n.ts';
import { Alert } from '../ui/alert.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Plain } from '../ui/plain.tsx';
import { Loading } from '../ui/states.tsx';
import styles from './join.module.css';

interface JoinPageProps {
  /** The person is likely to go on into the room: time to fetch it, while they read. */
  readonly onInvited: () => void;
}

/** What a scanned code opens: the first screen of a resident, on a phone. Whoever shows it has arrived at the door. */
export function JoinPage({ onInvited }: JoinPageProps) {
  const t = useText();
  const [, navigate] = useLocation();
  const door = useDoor();
  const signedInAs = door.kind === 'open' ? door.preview.signedInAs : null;
  const account = signedInAs?.isGuest === false ? signedInAs : null;
  const other = signedInAs?.isGuest === true ? signedInAs : null;
  const isInvited = door.kind === 'open' || door.kind === 'seated';
  useEffect(() => {
    if (isInvited) onInvited();
  }, [isInvited, onInvited]);
  useEffect(() => {
    // Another code opened in this very tab changes only the fragment: the page is not loaded again.
    const rescan = () => {
      if (window.location.hash.length > 1) arriveAtDoor();
    };
    window.addEventListener('hashchange', rescan);
    return () => window.removeEventListener('hashchange', rescan);
  }, []);
  return (
    <PageFrame title={t('join:title')}>
      {door.kind === 'asking' ? <Loading lines={5} /> : null}
      {door.kind === 'trouble' ? <Trouble error={door.error} onRetry={askAgain} /> : null}
      {door.kind === 'seated' ? <Seated door={door} /> : null}
      {account === null ? null : (
        <SignedIn name={account.name} held={heldAtDoor()} uncast={uncastAtDoor} onSignOut={signOutAtDoor} />
      )}
      {door.kind === 'open' && account === null ? (
        <div className={styles.join}>
          <Invitation preview={door.preview} />
          {other === null ? null : <Alert tone="calm">{t('join:elsewhere', { name: other.name })}</Alert>}
          <JoinForm
            preview={door.preview}
            onJoin={async (wish) => {
              const sessionId = await enterDoor(wish);
              // Back must not lead to the door again.
              if (sessionId !== null) navigate(`/sessions/${sessionId}`, { replace: true });
            }}
          />
          <p className={styles.account}>
            <ButtonLink kind="quiet" to={signInPath('/')}>
              {t('join:haveAccount')}
            </ButtonLink>
          </p>
        </div>
      ) : null}
    </PageFrame>
  );
}

interface SeatedProps {
  readonly door: Extract<Door, { kind: 'seated' }>;
}

function Seated({ door: { sessionId, preview } }: SeatedProps) {
  const t = useText();
  const seat = preview?.seat ?? null;
  const isDone = preview !== null && isSealed(preview.state);
  return (
    <Plain title={t('join:seated.title')} mark="seat">
      {preview === null ? null : <p dir="auto">{preview.title}</p>}
      <p dir="auto">
        {seat === null
          ? t('join:seated.plain')
          : t('join:seated.body', { name: seat.name, role: t(`words:role.${seat.role}`) })}
      </p>
      <ButtonLink kind="main" to={isDone ? `/sessions/${sessionId}/archive` : `/sessions/${sessionId}`}>
        {isDone ? t('join:seated.archive') : t('join:seated.enter')}
      </ButtonLink>
    </Plain>
  );
}
