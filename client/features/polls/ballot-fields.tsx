import { useId } from 'react';
import type { PollDraft } from '../../../core/domain/polls/kinds.ts';
import { useText } from '../../lib/i18n.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { score, scoresOf, toggle, type Marks } from './paper.ts';
import styles from './polls.module.css';

export interface BallotFieldsProps {
  readonly draft: PollDraft;
  readonly marks: Marks;
  readonly onMarks: (marks: Marks) => void;
  readonly errorId: string;
}

/** The options of a poll as native radios and checkboxes, in a fieldset named by the question. */
export function BallotFields({ draft, marks, onMarks, errorId }: BallotFieldsProps) {
  const t = useText();
  const name = useId();
  const hint = hintOf();
  if (draft.kind === 'rating') {
    return (
      <div>
        <p className={styles.hint}>{hint}</p>
        {draft.options.map((option) => (
          <fieldset key={option.id} className={styles.rating} aria-describedby={errorId}>
            <legend dir="auto">{option.text}</legend>
            <div className={styles.scores}>
              {scoresOf(draft).map((value) => (
                <label key={value} className={styles.score}>
                  <input
                    type="radio"
                    name={`${name}-${option.id}`}
                    checked={marks.scores[option.id] === value}
                    onChange={() => onMarks(score(marks, option.id, value))}
                  />
                  {t('room:polls.points', { score: value })}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    );
  }
  const isMultiple = draft.kind === 'multiple';
  const isFull = isMultiple && marks.choices.length >= draft.maxChoices;
  return (
    <fieldset className={styles.choices} aria-describedby={errorId}>
      <legend dir="auto">
        <VisuallyHidden>{draft.question}</VisuallyHidden> <span className={styles.hint}>{hint}</span>
      </legend>
      {draft.options.map((option) => {
        const isChecked = marks.choices.includes(option.id);
        return (
          <label key={option.id} className={styles.choice}>
            <input
              type={isMultiple ? 'checkbox' : 'radio'}
              name={name}
              value={option.id}
              checked={isChecked}
              disabled={isFull && !isChecked}
              onChange={() => onMarks(toggle(draft, marks, option.id))}
            />
            <span dir="auto">{option.text}</span>
          </label>
        );
      })}
    </fieldset>
  );

  function hintOf(): string {
    if (draft.kind === 'multiple') return t('room:polls.rules.choices', { max: draft.maxChoices });
    if (draft.scale === null) return t('room:polls.rules.oneChoice');
    return t('room:polls.rules.scores', draft.scale);
  }
}
