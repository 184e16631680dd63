import { useId } from 'react';
import { useText } from '../../lib/i18n.ts';
import { BallotChoices } from './ballot-choices.tsx';
import { BallotMark } from './ballot-mark.tsx';
import { BallotMarks } from './ballot-marks.tsx';
import { BallotRanking } from './ballot-ranking.tsx';
import { BallotScores } from './ballot-scores.tsx';
import { BallotWords } from './ballot-words.tsx';
import type { FieldsProps } from './fields-props.ts';
import type { Question } from './paper.ts';
import styles from './polls.module.css';

export interface BallotFieldsProps extends Omit<FieldsProps, 'ask'> {
  readonly draft: Question & { readonly question: string };
}

/** A paper to fill in, by native controls; a blank one where the rules allow it. */
export function BallotFields({ draft, filled, onFilled, errorId }: BallotFieldsProps) {
  const t = useText();
  const id = useId();
  if (!draft.rules.allowsBlank) return <PaperFields {...{ draft, filled, onFilled, errorId }} />;
  return (
    <>
      {filled.isBlank ? null : <PaperFields {...{ draft, filled, onFilled, errorId }} />}
      <label className={styles.choice} htmlFor={`${id}-blank`}>
        <input
          id={`${id}-blank`}
          type="checkbox"
          checked={filled.isBlank}
          aria-describedby={`${id}-blank-hint`}
          onChange={() => onFilled({ ...filled, isBlank: !filled.isBlank })}
        />
        <span>{t('room:polls.blank')}</span>
      </label>
      <p id={`${id}-blank-hint`} className={styles.hint}>
        {t('room:polls.blankHint')}
      </p>
    </>
  );
}

function PaperFields({ draft, filled, onFilled, errorId }: BallotFieldsProps) {
  const { ask, rules, question } = draft;
  const rest = { filled, onFilled, errorId, question };
  switch (ask.kind) {
    case 'single':
    case 'multiple':
      return <BallotChoices ask={ask} {...rest} />;
    case 'score':
    case 'points':
      return <BallotScores ask={ask} {...rest} />;
    case 'satisfaction':
      return ask.scale === 'words' ? (
        <BallotMarks ask={ask} {...rest} />
      ) : (
        <BallotScores ask={ask} {...rest} />
      );
    case 'ranking':
    case 'stv':
      return <BallotRanking ask={ask} {...rest} />;
    case 'open':
      return <BallotWords ask={ask} {...rest} />;
    case 'each':
    case 'slots':
    case 'statements':
    case 'election':
    case 'paragraphs':
      return <BallotMarks ask={ask} {...rest} />;
    default:
      return <BallotMark ask={ask} rules={rules} {...rest} />;
  }
}
