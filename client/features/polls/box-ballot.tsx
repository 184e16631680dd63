import { useMemo, useSyncExternalStore } from 'react';
import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { deviceNow } from '../../lib/early.ts';
import { useServerNow } from '../../lib/clock.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { walletOf } from '../../room/box/wallets.ts';
import type { Wallet, WalletState } from '../../room/box/wallet.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Ballot } from './ballot.tsx';
import { Chosen } from './ballot-state.tsx';
import { BoxReceipt } from './box-receipt.tsx';
import styles from './polls.module.css';
import type { OpenPoll } from './turnout.ts';

export interface BoxBallotProps {
  readonly sessionId: SessionId;
  readonly poll: OpenPoll;
  readonly me: ParticipantId;
  readonly clockOffsetMs: number;
  readonly isOffline: boolean;
  /** Why nobody may vote at this moment, e.g. a pause. */
  readonly refusal: Refusal | null;
}

/** A ballot for the box: token, paper, and what became of it. Counted is what the box has answered, nothing sooner. */
export function BoxBallot({ sessionId, poll, me, clockOffsetMs, isOffline, refusal }: BoxBallotProps) {
  const wallet = useMemo(
    () => walletOf({ sessionId, poll, me, clockOffsetMs }),
    // A wallet is one for each poll and voter; of what the room says of the poll meanwhile it hears when it ends.
    // oxlint-disable-next-line react/exhaustive-deps -- reason: said above
    [sessionId, poll.draft.id, me, poll.endsAt, poll.isEnding, clockOffsetMs],
  );
  if (wallet === null) return null;
  return <Standing {...{ poll, me, wallet, isOffline, refusal }} />;
}

type StandingProps = Pick<BoxBallotProps, 'poll' | 'me' | 'isOffline' | 'refusal'> & {
  readonly wallet: Wallet;
};

function Standing({ poll, me, wallet, isOffline, refusal }: StandingProps) {
  const t = useText();
  const state = useSyncExternalStore(wallet.subscribe, wallet.state);
  switch (state.step) {
    case 'starting':
    case 'taking':
      return (
        <p className={styles.state} data-state="taking" role="status">
          {t(state.step === 'taking' && state.isTroubled ? 'box:takingTroubled' : 'box:taking')}
        </p>
      );
    case 'unable':
      return (
        <Alert>
          <p>{t('box:unable.title')}</p>
          <p>{t(`box:unable.${state.why}`)}</p>
          <p>{t('box:unable.next')}</p>
        </Alert>
      );
    case 'foreign':
      return (
        <Alert>
          <p>{t('box:foreign.title')}</p>
          <p>{t('box:foreign.body')}</p>
        </Alert>
      );
    case 'unproven':
      return (
        <Alert>
          <p>{t('box:unproven.title')}</p>
          <p>{t('box:unproven.body')}</p>
        </Alert>
      );
    case 'sending':
      return <Sending {...{ poll, wallet, state }} />;
    case 'cast':
      return <BoxReceipt poll={poll} me={me} tracker={state.tracker} />;
    case 'ready':
    case 'refused':
      return (
        <>
          {state.step === 'refused' ? (
            <p className={styles.error} role="alert">
              {t(`box:refused.${state.at}`, { reason: reasonText(t, state.reason, state.details) })}
            </p>
          ) : (
            <p className={styles.hint}>{t('box:ready')}</p>
          )}
          {state.step === 'ready' || isToBeFilledAnew(state) ? (
            <Ballot
              draft={poll.draft}
              standing="to_vote"
              paper={null}
              letter={null}
              {...{ isOffline, refusal }}
              // -- the wallet tells how it fares.
              onCast={(paper) => void wallet.cast(paper)}
            />
          ) : null}
        </>
      );
  }
}

function isToBeFilledAnew(state: Extract<WalletState, { step: 'refused' }>): boolean {
  return state.at === 'ballot' && state.reason.startsWith('BALLOT_') && state.reason !== 'BALLOT_BY_BOX';
}

interface SendingProps {
  readonly poll: OpenPoll;
  readonly wallet: Wallet;
  readonly state: Extract<WalletState, { step: 'sending' }>;
}

/** Held back for a while, and honestly so: not there yet. */
function Sending({ poll, wallet, state }: SendingProps) {
  const t = useText();
  useServerNow(0);
  const seconds = Math.ceil((state.sendAt - deviceNow()) / 1_000);
  const said = state.isTroubled
    ? t('box:sending.troubled')
    : seconds > 0
      ? t('box:sending.wait', { seconds })
      : t('box:sending.now');
  return (
    <div className={styles.boxState}>
      <p className={styles.state} data-state="sending" role="status">
        {t('box:sending.title')}
      </p>
      <p>{said}</p>
      <p className={styles.hint}>{t('box:sending.chosen')}</p>
      <Chosen draft={poll.draft} paper={state.paper} />
      <p className={styles.hint}>{t('box:sending.stay')}</p>
      {seconds > 0 && !state.isTroubled ? (
        <div className={styles.ballotActs}>
          {/* -- the wallet tells how it fares. */}
          <Button isSmall onClick={() => void wallet.sendNow()}>
            {t('box:sending.sendNow')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
