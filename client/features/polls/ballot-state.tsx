import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import { isDetached } from '../../../core/domain/polls/rules.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText, type TextKey } from '../../lib/i18n.ts';
import type { Letter, LetterState } from '../../lib/letters.ts';
import { paperSaid } from '../../lib/paper-said.ts';
import styles from './polls.module.css';
import type { Voting } from './standing.ts';

export interface BallotStateProps {
  readonly draft: PollDraft;
  readonly standing: Voting;
  readonly paper: Paper | null;
  readonly letter: Letter | null;
  readonly isOffline: boolean;
}

/** 提交中, 已计票, or not counted and why: never left open. */
export function BallotState({ draft, standing, paper, letter, isOffline }: BallotStateProps) {
  const t = useText();
  const sending = letter?.state ?? null;
  if (sending?.kind === 'sending' || sending?.kind === 'waiting') {
    return (
      <p className={styles.state} data-state="sending" role="status">
        {letter?.isKept === false ? t('shell:sending.onlyHere') : wordOfSending()}
      </p>
    );
  }
  const isCounted = standing !== 'to_vote' || sending?.kind === 'sent';
  return (
    <div role="status">
      {sending?.kind === 'refused' ? (
        <p className={styles.error}>
          {t('room:polls.failed', { reason: reasonText(t, sending.reason, sending.details) })}
        </p>
      ) : null}
      {isCounted ? (
        <p className={styles.state} data-state="counted">
          {isDetached(draft.rules.secrecy) ? t('room:polls.countedSecret') : t('room:polls.countedNamed')}
        </p>
      ) : null}
      {isCounted && paper !== null ? <Chosen draft={draft} paper={paper} /> : null}
    </div>
  );

  function wordOfSending(): string {
    return isOffline ? t('room:polls.waiting') : t('room:polls.sending');
  }
}

/** What the way back to the paper is called; null where there is none. */
export function wayBack(standing: BallotStateProps['standing'], sending: LetterState | null): TextKey | null {
  if (sending !== null && (sending.kind === 'waiting' || sending.kind === 'sending')) return null;
  if (standing === 'voted' || (standing !== 'may_change' && sending?.kind === 'sent')) return null;
  return sending?.kind === 'refused' ? 'room:polls.tryAgain' : 'room:polls.change';
}

/** What is on a paper. */
export function Chosen({ draft, paper }: { readonly draft: PollDraft; readonly paper: Paper }) {
  const t = useText();
  return (
    <ul className={styles.chosen} data-testid="chosen">
      {paperSaid(t, draft.ask, paper).map(({ id, text }) => (
        <li key={id} dir="auto">
          {text}
        </li>
      ))}
    </ul>
  );
}
