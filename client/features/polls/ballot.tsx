import { useEffect, useId, useRef, useState } from 'react';
import type { Refusal } from '../../../core/domain/refusals.ts';
import type { Paper, PollDraft } from '../../../core/domain/polls/kinds.ts';
import { judgePaper } from '../../../core/domain/polls/validity.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import type { Letter, LetterState } from '../../lib/letters.ts';
import { Button } from '../../ui/button.tsx';
import { BallotFields } from './ballot-fields.tsx';
import { marksOf, paperOf, type Marks } from './paper.ts';
import styles from './polls.module.css';
import type { Standing } from './turnout.ts';

export interface BallotProps {
  readonly draft: PollDraft;
  readonly standing: Exclude<Standing, 'not_on_roll'>;
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
  const id = useId();
  const [marks, setMarks] = useState<Marks>(() => marksOf(paper));
  const [step, setStep] = useState<Step>(standing === 'to_vote' && sending === null ? 'choose' : 'done');
  const focusOn = useRef<HTMLDivElement>(null);
  const shownStep = useRef(step);
  useEffect(() => {
    // The step a person went to gets the focus; the first one was not asked for.
    if (shownStep.current === step) return;
    shownStep.current = step;
    focusOn.current?.focus();
  }, [step]);
  const judged = judgePaper(draft, paperOf(draft, marks));
  const isOnItsWay = sending !== null && (sending.kind === 'waiting' || sending.kind === 'sending');

  if (step === 'done' || isOnItsWay) {
    return (
      <div className={styles.ballot} ref={focusOn} tabIndex={-1}>
        <BallotState {...{ draft, standing, paper, letter, isOffline }} />
        {mayReturn(standing, sending) && refusal === null ? (
          <Button isSmall onClick={() => setStep('choose')}>
            {sending?.kind === 'refused' ? t('room:polls.tryAgain') : t('room:polls.change')}
          </Button>
        ) : null}
      </div>
    );
  }
  if (step === 'review') {
    return (
      <div className={styles.ballot} ref={focusOn} tabIndex={-1}>
        <h4>{t('room:polls.reviewHeading')}</h4>
        <Chosen draft={draft} paper={paperOf(draft, marks)} />
        <p className={styles.hint}>
          {draft.secrecy === 'named' ? t('room:polls.rules.changeable') : t('room:polls.rules.final')}
        </p>
        {refusal === null ? null : (
          <p className={styles.error}>{reasonText(t, refusal.reason, refusal.facts)}</p>
        )}
        <div className={styles.ballotActs}>
          <Button onClick={() => setStep('choose')}>{t('room:polls.back')}</Button>
          <Button
            kind="main"
            disabled={!judged.ok || refusal !== null}
            onClick={() => {
              if (!judged.ok) return;
              setStep('done');
              onCast(judged.value);
            }}
          >
            {standing === 'may_change' ? t('room:polls.resubmit') : t('room:polls.submit')}
          </Button>
        </div>
      </div>
    );
  }
  const why = refusal ?? (judged.ok ? null : judged.error);
  return (
    <div className={styles.ballot} ref={focusOn} tabIndex={-1}>
      <BallotFields draft={draft} marks={marks} onMarks={setMarks} errorId={`${id}-why`} />
      <p id={`${id}-why`} className={refusal === null ? styles.hint : styles.error}>
        {why === null ? null : reasonText(t, why.reason, why.facts)}
      </p>
      <div className={styles.ballotActs}>
        {standing === 'may_change' ? (
          <Button onClick={() => setStep('done')}>{t('room:polls.keep')}</Button>
        ) : null}
        <Button kind="main" disabled={why !== null} onClick={() => setStep('review')}>
          {t('room:polls.review')}
        </Button>
      </div>
    </div>
  );
}

function mayReturn(standing: BallotProps['standing'], sending: LetterState | null): boolean {
  if (sending !== null && (sending.kind === 'waiting' || sending.kind === 'sending')) return false;
  return standing !== 'voted' && (standing === 'may_change' || sending?.kind !== 'sent');
}

type BallotStateProps = Pick<BallotProps, 'draft' | 'standing' | 'paper' | 'letter' | 'isOffline'>;

/** 提交中, 已计票, or not counted and why: never left open. */
function BallotState({ draft, standing, paper, letter, isOffline }: BallotStateProps) {
  const t = useText();
  const sending = letter?.state ?? null;
  const isSending = sending?.kind === 'sending' || sending?.kind === 'waiting';
  if (isSending) {
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
          {draft.secrecy === 'named' ? t('room:polls.countedNamed') : t('room:polls.countedSecret')}
        </p>
      ) : null}
      {isCounted && paper !== null ? <Chosen draft={draft} paper={paper} /> : null}
    </div>
  );

  function wordOfSending(): string {
    return isOffline ? t('room:polls.waiting') : t('room:polls.sending');
  }
}

interface ChosenProps {
  readonly draft: PollDraft;
  readonly paper: Paper;
}

function Chosen({ draft, paper }: ChosenProps) {
  const t = useText();
  const chosen = draft.options.filter(({ id }) =>
    paper.scores === null ? paper.choices.some((c) => c === id) : Object.hasOwn(paper.scores, id),
  );
  return (
    <ul className={styles.chosen} data-testid="chosen">
      {chosen.map(({ id, text }) => (
        <li key={id} dir="auto">
          {paper.scores === null
            ? text
            : t('room:polls.myScore', { option: text, score: paper.scores[id] ?? 0 })}
        </li>
      ))}
    </ul>
  );
}
