import { useId } from 'react';
import { MARKS_OF, needsReason, type OneMarkKind } from '../../../core/domain/polls/marks.ts';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { useText } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import type { FieldsProps } from './fields-props.ts';
import { takesReason, type Question } from './paper.ts';
import styles from './polls.module.css';
import { ReasonField } from './reason-field.tsx';

interface BallotMarkProps extends FieldsProps<AskOf<OneMarkKind>> {
  readonly question: string;
  readonly rules: Question['rules'];
}

/** One mark on the question, and why, where that is asked. */
export function BallotMark({ ask, question, rules, filled, onFilled, errorId }: BallotMarkProps) {
  const t = useText();
  const name = useId();
  const { mark, reason } = filled;
  const isReasonAsked = mark !== null && takesReason(ask.kind, mark, rules.reason);
  const isNeeded = mark !== null && (needsReason(ask.kind, mark) || rules.reason === 'required');
  const isObjecting = ask.kind === 'acclamation';
  return (
    <>
      <fieldset className={styles.choices} aria-describedby={errorId}>
        <legend dir="auto">
          <VisuallyHidden>{question}</VisuallyHidden>{' '}
          <span className={styles.hint}>
            {isObjecting ? t('room:polls.hints.acclamation') : t('room:polls.hints.oneMark')}
          </span>
        </legend>
        {MARKS_OF[ask.kind].map((one) => (
          <label key={one} className={styles.choice} data-mark={one}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={mark === one}
              onChange={() => onFilled({ ...filled, mark: one })}
            />
            <span dir="auto">{markSaid(t, ask, one)}</span>
          </label>
        ))}
      </fieldset>
      {isReasonAsked ? (
        <ReasonField
          label={isNeeded ? t('room:polls.reason') : t('room:polls.reasonOptional')}
          value={reason}
          isNeeded={isNeeded}
          errorId={errorId}
          onValue={(words) => onFilled({ ...filled, reason: words })}
        />
      ) : null}
    </>
  );
}
