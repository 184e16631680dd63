import { reasonText, type ApiError, type ClientReason } from '../../lib/errors.ts';
import { useText, type TextKey } from '../../lib/i18n.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import type { MarkName } from '../../ui/mark.tsx';
import { Plain } from '../../ui/plain.tsx';

type Kind =
  | 'incomplete'
  | 'unknown'
  | 'revoked'
  | 'expired'
  | 'used'
  | 'full'
  | 'ended'
  | 'cancelled'
  | 'aborted'
  | 'concluding'
  | 'removed'
  | 'offline'
  | 'busy'
  | 'other';
type Step = 'retry' | 'signIn' | 'home';

/** Each trouble at the door has its own page: what it is, and what to do next. */
const TROUBLES: Readonly<Record<Kind, { readonly mark: MarkName; readonly steps: readonly Step[] }>> = {
  incomplete: { mark: 'lost', steps: ['signIn', 'home'] },
  unknown: { mark: 'lost', steps: ['retry', 'signIn'] },
  revoked: { mark: 'forbidden', steps: ['retry', 'signIn'] },
  expired: { mark: 'time', steps: ['retry', 'signIn'] },
  used: { mark: 'seat', steps: ['retry', 'signIn'] },
  full: { mark: 'full', steps: ['retry', 'signIn'] },
  ended: { mark: 'ended', steps: ['home', 'signIn'] },
  cancelled: { mark: 'ended', steps: ['home', 'signIn'] },
  aborted: { mark: 'ended', steps: ['home', 'signIn'] },
  concluding: { mark: 'ended', steps: ['home', 'signIn'] },
  removed: { mark: 'forbidden', steps: ['home'] },
  offline: { mark: 'offline', steps: ['retry'] },
  busy: { mark: 'time', steps: ['retry'] },
  other: { mark: 'broken', steps: ['retry', 'home'] },
};

const BY_REASON: Partial<Readonly<Record<ClientReason, Kind>>> = {
  LINK_UNKNOWN: 'unknown',
  SESSION_UNKNOWN: 'unknown',
  LINK_REVOKED: 'revoked',
  LINK_EXPIRED: 'expired',
  LINK_USED: 'used',
  LINK_FULL: 'full',
  SESSION_FULL: 'full',
  SESSION_CLOSED: 'ended',
  REMOVED_FROM_SESSION: 'removed',
  OFFLINE: 'offline',
  TOO_OFTEN: 'busy',
  BUSY: 'busy',
  STOPPING: 'busy',
  STORAGE_AWAY: 'busy',
};

interface TroubleProps {
  /** null: there was no token to try. */
  readonly error: ApiError | null;
  readonly onRetry: () => void;
}

export function Trouble({ error, onRetry }: TroubleProps) {
  const t = useText();
  const kind = kindOf(error);
  const { mark, steps } = TROUBLES[kind];
  const title: TextKey = `join:trouble.${kind}.title`;
  const body: TextKey = `join:trouble.${kind}.body`;
  return (
    <Plain title={t(title)} mark={mark}>
      <p>{t(body)}</p>
      {kind === 'other' && error !== null ? <p>{reasonText(t, error.reason, error.details)}</p> : null}
      {steps.map((step, at) => {
        const look = at === 0 ? 'main' : 'quiet';
        if (step !== 'retry') {
          return (
            <ButtonLink key={step} kind={look} to={step === 'signIn' ? '/sign-in' : '/'}>
              {t(`join:next.${step}`)}
            </ButtonLink>
          );
        }
        return (
          <Button key={step} kind={look} onClick={onRetry}>
            {t('join:next.retry')}
          </Button>
        );
      })}
    </Plain>
  );
}

function kindOf(error: ApiError | null): Kind {
  if (error === null) return 'incomplete';
  const kind = BY_REASON[error.reason] ?? 'other';
  return kind === 'ended' ? endedAs(error.details?.['state']) : kind;
}

/** A meeting that is over is not always archived: its text may still be written or confirmed. */
function endedAs(state: unknown): Kind {
  if (state === 'cancelled' || state === 'aborted') return state;
  return state === 'drafting' || state === 'confirming' ? 'concluding' : 'ended';
}
