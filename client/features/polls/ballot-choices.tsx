import { useId } from 'react';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { NONE } from '../../../core/domain/polls/options.ts';
import { useText } from '../../lib/i18n.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import type { FieldsProps } from './fields-props.ts';
import { toggled } from './paper.ts';
import styles from './polls.module.css';

interface BallotChoicesProps extends FieldsProps<AskOf<'single' | 'multiple'>> {
  readonly question: string;
}

/** 单选 and 多选: options as native radios or checkboxes, in a fieldset named by the question. */
export function BallotChoices({ ask, question, filled, onFilled, errorId }: BallotChoicesProps) {
  const t = useText();
  const name = useId();
  const { choices } = filled;
  const isMultiple = ask.kind === 'multiple';
  const isFull = isMultiple && choices.length >= ask.most;
  const none = !isMultiple && ask.allowsNone ? [{ id: NONE, text: t('words:pollNone') }] : [];
  return (
    <fieldset className={styles.choices} aria-describedby={errorId}>
      <legend dir="auto">
        <VisuallyHidden>{question}</VisuallyHidden> <span className={styles.hint}>{hintOf()}</span>
      </legend>
      {[...ask.options, ...none].map((option) => {
        const isChecked = choices.includes(option.id);
        return (
          <label key={option.id} className={styles.choice}>
            <input
              type={isMultiple ? 'checkbox' : 'radio'}
              name={name}
              value={option.id}
              checked={isChecked}
              disabled={isFull && !isChecked}
              onChange={() =>
                onFilled({ ...filled, choices: isMultiple ? toggled(choices, option.id) : [option.id] })
              }
            />
            <span dir="auto">{option.text}</span>
          </label>
        );
      })}
    </fieldset>
  );

  function hintOf(): string {
    if (ask.kind === 'single') return t('room:polls.rules.oneChoice');
    const { least, most } = ask;
    if (least <= 1) return t('room:polls.rules.choices', { max: most });
    return least === most
      ? t('room:polls.hints.exactly', { count: most })
      : t('room:polls.hints.between', { least, most });
  }
}
