import { useEffect, useId, useRef, useState } from 'react';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import type { Letter, LetterState } from '../../lib/letters.ts';
import { Button } from '../../ui/button.tsx';
import { BallotFields } from './ballot-fields.tsx';
import { BallotState, Chosen, wayBack } from './ballot-state.tsx';
import { filledFrom, judged, type Filled } from './paper.ts';
import { VoterNotice } from './poll-rules.tsx';
import styles from './polls.module.css';
import type { Voting } from './standing.ts';

export interface BallotProps {
  readonly draft: PollDraft;
  readonly standing: Voting;
  /** My paper as this device knows it; null when it is known to nobody but the box. */
  readonly paper: Paper | null;
  /** The letter that carries my ballot, if one is on its way. */
  readonly letter: Letter | null;
  readonly isOffline: boolean;
  /** Why nobody may vote at this moment, e.g. a pause. */
  readonly refusal: Refusal | null;
  readonly onCast: (paper: Paper) => void;
}

type Step = 'choose' | 'review' | 'done';

/** One person's vote: choose, review, submit; then what became of it. */
export function Ballot(props: BallotProps) {
  const { draft, standing, paper, letter, isOffline, refusal, onCast } = props;
  const sending = letter?.state ?? null;
  const t = useText();
  const [filled, setFilled] = useState<Filled>(() => filledFrom(paper));
  const [step, setStep] = useState<Step>(standing === 'to_vote' && sending === null ? 'choose' : 'done');
  const focusOn = useRef<HTMLDivElement>(null);
  const shownStep = useRef(step);
  useEffect(() => {
    // The step a person went to gets the focus; the first one was not asked for.
    if (shownStep.current === step) return;
    shownStep.current = step;
    focusOn.current?.focus();
  }, [step]);
  const isDone = step === 'done' || isOnItsWay(sending);
  const back = wayBack(standing, sending);
  return (
    <div className={styles.ballot} ref={focusOn} tabIndex={-1}>
      {isDone ? (
        <>
          <BallotState {...{ draft, standing, paper, letter, isOffline }} />
          {back !== null && refusal === null ? (
            <Button isSmall onClick={() => setStep('choose')}>
              {t(back)}
            </Button>
          ) : null}
        </>
      ) : step === 'review' ? (
        <Review
          {...{ draft, filled, refusal }}
          isChange={standing === 'may_change'}
          onBack={() => setStep('choose')}
          onCast={(cast) => {
            setStep('done');
            onCast(cast);
          }}
        />
      ) : (
        <Choosing
          {...{ draft, filled, refusal }}
          onFilled={setFilled}
          onReview={() => setStep('review')}
          {...(standing === 'may_change' ? { onKeep: () => setStep('done') } : {})}
        />
      )}
    </div>
  );
}

function isOnItsWay(sending: LetterState | null): boolean {
  return sending !== null && (sending.kind === 'waiting' || sending.kind === 'sending');
}

interface StepProps {
  readonly draft: PollDraft;
  readonly filled: Filled;
  readonly refusal: Refusal | null;
}

interface ChoosingProps extends StepProps {
  readonly onFilled: (filled: Filled) => void;
  readonly onReview: () => void;
  /** Back to the paper that is cast already. */
  readonly onKeep?: () => void;
}

/** The paper is filled in; why it cannot be cast yet is said below it [B2]. */
function Choosing({ draft, filled, refusal, onFilled, onReview, onKeep }: ChoosingProps) {
  const t = useText();
  const id = useId();
  const paper = judged(draft, filled);
  const why = refusal ?? (paper.ok ? null : paper.error);
  return (
    <>
      <BallotFields draft={draft} filled={filled} onFilled={onFilled} errorId={`${id}-why`} />
      <p id={`${id}-why`} className={refusal === null ? styles.hint : styles.error}>
        {why === null ? null : whyText()}
      </p>
      <div className={styles.ballotActs}>
        {onKeep === undefined ? null : <Button onClick={onKeep}>{t('room:polls.keep')}</Button>}
        <Button kind="main" disabled={why !== null} onClick={onReview}>
          {t('room:polls.review')}
        </Button>
      </div>
    </>
  );

  function whyText(): string {
    // Only words can be malformed here: everything else is pressed.
    if (why?.reason === 'MALFORMED') return t('room:composer.characters');
    return why === null ? '' : reasonText(t, why.reason, why.facts);
  }
}

interface ReviewProps extends StepProps {
  readonly isChange: boolean;
  readonly onBack: () => void;
  readonly onCast: (paper: Paper) => void;
}

/** The paper once more, with what a voter has to know, before it is cast. */
function Review({ draft, filled, refusal, isChange, onBack, onCast }: ReviewProps) {
  const t = useText();
  const paper = judged(draft, filled);
  return (
    <>
      <h4>{t('room:polls.reviewHeading')}</h4>
      {paper.ok ? <Chosen draft={draft} paper={paper.value} /> : null}
      <div className={styles.rules}>
        <VoterNotice draft={draft} />
      </div>
      {refusal === null ? null : (
        <p className={styles.error}>{reasonText(t, refusal.reason, refusal.facts)}</p>
      )}
      <div className={styles.ballotActs}>
        <Button onClick={onBack}>{t('room:polls.back')}</Button>
        <Button
          kind="main"
          disabled={!paper.ok || refusal !== null}
          onClick={() => {
            if (paper.ok) onCast(paper.value);
          }}
        >
          {isChange ? t('room:polls.resubmit') : t('room:polls.submit')}
        </Button>
      </div>
    </>
  );
}
