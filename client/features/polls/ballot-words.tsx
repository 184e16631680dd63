import { useId } from 'react';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { useText } from '../../lib/i18n.ts';
import fields from '../../ui/form.module.css';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import type { FieldsProps } from './fields-props.ts';
import polls from './polls.module.css';

interface BallotWordsProps extends FieldsProps<AskOf<'open'>> {
  readonly question: string;
}

/** 开放回答, with how much room is left. */
export function BallotWords({ ask, question, filled, onFilled, errorId }: BallotWordsProps) {
  const t = useText();
  const id = useId();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>
        <VisuallyHidden>{question}</VisuallyHidden> {t('room:polls.answer')}
      </label>
      <textarea
        id={id}
        className={fields.control}
        rows={3}
        maxLength={ask.length}
        value={filled.words}
        aria-describedby={`${id}-count ${errorId}`}
        onChange={(event) => onFilled({ ...filled, words: event.target.value })}
      />
      <p id={`${id}-count`} className={polls.hint}>
        {t('room:polls.written', { count: filled.words.length, max: ask.length })}
      </p>
    </div>
  );
}
