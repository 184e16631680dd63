import { useId } from 'react';
import type { AskOf } from '../../../core/domain/polls/ask.ts';
import { boundsOf } from '../../../core/domain/polls/judging.ts';
import { useText } from '../../lib/i18n.ts';
import { itemsSaid } from '../../lib/marks-said.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import styles from './ballot.module.css';
import type { FieldsProps } from './fields-props.ts';
import { pointsLeft, stepsOf, withValue } from './paper.ts';
import polls from './polls.module.css';

type ScoresAsk = AskOf<'score' | 'points' | 'satisfaction'>;
interface BallotScoresProps extends FieldsProps<ScoresAsk> {
  readonly question: string;
}

/** 评分, 满意度 in numbers, 点数分配: a number for each option; of points it is told what is left. */
export function BallotScores({ ask, question, filled, onFilled, errorId }: BallotScoresProps) {
  const t = useText();
  const { scores } = filled;
  const set = (id: string, value: number | undefined) =>
    onFilled({ ...filled, scores: withValue(scores, id, value) });
  const steps = stepsOf(ask);
  const bounds = boundsOf(ask);
  return (
    <div role="group" aria-label={question}>
      <p className={polls.hint}>
        {ask.kind === 'points'
          ? t('room:polls.hints.points', { budget: ask.budget, cap: ask.cap })
          : t('room:polls.rules.scores', bounds)}
      </p>
      {ask.kind === 'points' ? <Budget left={pointsLeft(ask, scores)} /> : null}
      {itemsSaid(t, ask).map(({ id, text }) => {
        const row = { text, errorId, value: scores[id], onValue: (value?: number) => set(id, value) };
        return steps === null ? (
          <NumberRow key={id} {...row} {...bounds} isPoints={ask.kind === 'points'} />
        ) : (
          <StepsRow key={id} {...row} steps={steps} />
        );
      })}
    </div>
  );
}

function Budget({ left }: { readonly left: number }) {
  const t = useText();
  return (
    <p className={styles.budget} role="status" data-over={left < 0}>
      {left < 0 ? t('room:polls.pointsOver', { count: -left }) : t('room:polls.pointsLeft', { count: left })}
    </p>
  );
}

interface RowProps {
  readonly text: string;
  readonly value: number | undefined;
  readonly errorId: string;
  readonly onValue: (value?: number) => void;
}

/** A scale short enough to be pressed. */
function StepsRow({
  text,
  value,
  errorId,
  onValue,
  steps,
}: RowProps & { readonly steps: readonly number[] }) {
  const t = useText();
  const name = useId();
  return (
    <fieldset className={polls.rating} aria-describedby={errorId}>
      <legend dir="auto">{text}</legend>
      <div className={polls.scores}>
        {steps.map((step) => (
          <label key={step} className={polls.score}>
            <input type="radio" name={name} checked={value === step} onChange={() => onValue(step)} />
            {t('room:polls.points', { score: step })}
          </label>
        ))}
        {value === undefined ? null : (
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:polls.clearOf', { option: text })}
            onClick={() => onValue()}
          >
            {t('room:polls.clear')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface NumberRowProps extends RowProps {
  readonly lowest: number;
  readonly highest: number;
  readonly isPoints: boolean;
}

/** A number to be typed; points also by one at a press. */
function NumberRow({ text, value, errorId, onValue, lowest, highest, isPoints }: NumberRowProps) {
  const t = useText();
  const id = useId();
  const now = value ?? 0;
  const step = (by: 1 | -1, label: string, sign: string) => (
    <Button
      aria-label={label}
      disabled={by === 1 ? now >= highest : now <= lowest}
      onClick={() => onValue(now + by)}
    >
      <span aria-hidden="true">{sign}</span>
    </Button>
  );
  return (
    <div className={styles.numberRow}>
      <label htmlFor={id} dir="auto">
        {text}
      </label>
      <div className={styles.number}>
        {isPoints ? step(-1, t('room:polls.lessFor', { option: text }), '−') : null}
        <input
          id={id}
          className={fields.control}
          type="number"
          inputMode="numeric"
          min={lowest}
          max={highest}
          step={1}
          value={value ?? ''}
          aria-describedby={errorId}
          onChange={({ target }) => onValue(target.value === '' ? undefined : target.valueAsNumber)}
        />
        {isPoints ? step(1, t('room:polls.moreFor', { option: text }), '+') : null}
      </div>
    </div>
  );
}
