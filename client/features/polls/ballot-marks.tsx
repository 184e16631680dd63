import { useId } from 'react';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { MARKS_OF, needsReason, type Mark, type MarkEachKind } from '../../../core/domain/polls/marks.ts';
import { useText } from '../../lib/i18n.ts';
import { itemsSaid, markSaid } from '../../lib/marks-said.ts';
import { Button } from '../../ui/button.tsx';
import styles from './ballot.module.css';
import type { FieldsProps } from './fields-props.ts';
import { BallotOthers } from './ballot-others.tsx';
import { toggled, withValue } from './paper.ts';
import polls from './polls.module.css';
import { ReasonField } from './reason-field.tsx';

interface BallotMarksProps extends FieldsProps<AskOf<MarkEachKind>> {
  readonly question: string;
}

/** A mark on each option, statement, aspect, hour, paragraph or candidate. */
export function BallotMarks({ ask, question, filled, onFilled, errorId }: BallotMarksProps) {
  const t = useText();
  const { marks } = filled;
  const most = ask.kind === 'each' ? ask.most : Number.POSITIVE_INFINITY;
  const isFull = Object.keys(marks).length >= most;
  const set = (id: string, mark: Mark | undefined) =>
    onFilled({ ...filled, marks: withValue(marks, id, mark) });
  return (
    <div role="group" aria-label={question}>
      <p className={polls.hint}>{hintOf()}</p>
      {itemsSaid(t, ask).map(({ id, text }) => (
        <div key={id} className={styles.item}>
          <MarkRow
            {...{ ask, text, errorId }}
            mark={marks[id] ?? null}
            isShut={isFull && marks[id] === undefined}
            onMark={(mark) => set(id, mark)}
          />
          <Extras {...{ ask, id, text, filled, onFilled, errorId }} />
        </div>
      ))}
      {ask.kind === 'election' && ask.others.length > 0 ? (
        <BallotOthers {...{ ask, filled, onFilled, errorId }} />
      ) : null}
    </div>
  );

  function hintOf(): string {
    switch (ask.kind) {
      case 'each':
        return ask.least === ask.options.length
          ? t('room:polls.hints.all')
          : t('room:polls.hints.between', { least: ask.least, most: ask.most });
      case 'election':
        return t('room:polls.hints.election', { seats: ask.seats });
      case 'paragraphs':
        return t('room:polls.hints.paragraphs');
      case 'statements':
        return t('room:polls.hints.statements');
      default:
        return t('room:polls.hints.all');
    }
  }
}

interface MarkRowProps {
  readonly ask: AskOf<MarkEachKind>;
  readonly text: string;
  readonly mark: Mark | null;
  readonly isShut: boolean;
  readonly errorId: string;
  readonly onMark: (mark: Mark | undefined) => void;
}

/** The marks for one thing; a radio cannot be taken back, so there is a button that does. */
function MarkRow({ ask, text, mark, isShut, errorId, onMark }: MarkRowProps) {
  const t = useText();
  const name = useId();
  const mustAll = ask.kind === 'slots' || ask.kind === 'satisfaction';
  return (
    <fieldset className={polls.rating} aria-describedby={errorId}>
      <legend dir="auto">{text}</legend>
      <div className={polls.scores}>
        {MARKS_OF[ask.kind].map((one) => (
          <label key={one} className={polls.score} data-mark={one}>
            <input
              type="radio"
              name={name}
              checked={mark === one}
              disabled={isShut}
              onChange={() => onMark(one)}
            />
            {markSaid(t, ask, one)}
          </label>
        ))}
        {mark === null || mustAll ? null : (
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:polls.clearOf', { option: text })}
            onClick={() => onMark(undefined)}
          >
            {t('room:polls.clear')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface ExtrasProps extends FieldsProps<AskOf<MarkEachKind>> {
  readonly id: string;
  readonly text: string;
}

/** What belongs to a mark: that a statement is important, or why a paragraph is not agreed to. */
function Extras({ ask, id, text, filled, onFilled, errorId }: ExtrasProps) {
  const t = useText();
  const { marks, important, reasons } = filled;
  const mark = marks[id];
  if (ask.kind === 'statements' && ask.asksImportant)
    return (
      <label className={styles.important}>
        <input
          type="checkbox"
          checked={mark !== undefined && important.includes(id)}
          disabled={mark === undefined}
          aria-label={t('room:polls.importantOf', { option: text })}
          onChange={() => onFilled({ ...filled, important: toggled(important, id) })}
        />
        {t('room:polls.important')}
      </label>
    );
  if (mark === undefined || !needsReason(ask.kind, mark)) return null;
  return (
    <ReasonField
      label={t('room:polls.reasonOf', { option: text })}
      value={reasons[id] ?? ''}
      isNeeded
      errorId={errorId}
      onValue={(words) => onFilled({ ...filled, reasons: withValue(reasons, id, words) })}
    />
  );
}
