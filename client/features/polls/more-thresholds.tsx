import { judgedBy } from '../../../core/domain/polls/draft.ts';
import { relationsOf } from '../../../core/domain/polls/offered.ts';
import { BASES, type Threshold } from '../../../core/domain/polls/rules.ts';
import { useText } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import { NumberField } from './form-parts.tsx';
import { askOf, EMPTY_FORM } from './poll-form.ts';
import { basesOf, FEW_AGAINST, MORE_AT_MOST, moreOf, type MoreForm } from './rules-form.ts';
import type { RulesPartProps } from './rules-part.ts';

interface MoreThresholdsProps extends RulesPartProps {
  /** Id of where it is said what is wrong. */
  readonly faultId: string;
}

/** Thresholds beside the first, e.g. 坚决反对 ≤ 1/10: all of them must be met [B13]. */
export function MoreThresholds({ kind, rules, onRules, faults, faultId }: MoreThresholdsProps) {
  const t = useText();
  const { more } = rules;
  const change = (at: number, next: Partial<MoreForm>) =>
    onRules({ more: more.map((one, n) => (n === at ? { ...one, ...next } : one)) });
  return (
    <>
      {more.map((one, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- reason: thresholds have no other name than their place
        <fieldset key={n} className={fields.field}>
          <legend>{t(`room:pollForm.more.${rules.profile}`, { n: n + 1 })}</legend>
          <OneThreshold
            {...{ kind, faultId }}
            one={moreOf(one, kind)}
            profile={rules.profile}
            isFaulty={faults.includes('threshold')}
            onChange={(next) => change(n, next)}
          />
          <Button isSmall onClick={() => onRules({ more: more.filter((_, other) => other !== n) })}>
            {t(`room:pollForm.removeMore.${rules.profile}`, { n: n + 1 })}
          </Button>
        </fieldset>
      ))}
      {more.length >= MORE_AT_MOST ? null : (
        <Button isSmall onClick={() => onRules({ more: [...more, againstOf(kind)] })}>
          {t(`room:pollForm.addMore.${rules.profile}`)}
        </Button>
      )}
    </>
  );
}

/** Few against, where the kind has somebody against; else whatever it is judged by. */
function againstOf(kind: RulesPartProps['kind']): MoreForm {
  const against = (['block', 'no', 'disagree', 'dissatisfied'] as const).find((mark) =>
    judgedBy(kind).includes(mark),
  );
  return { ...FEW_AGAINST, on: against ?? null };
}

interface OneThresholdProps extends Pick<RulesPartProps, 'kind'> {
  readonly profile: RulesPartProps['rules']['profile'];
  /** As the kind has it. */
  readonly one: MoreForm;
  readonly faultId: string;
  readonly isFaulty: boolean;
  readonly onChange: (next: Partial<MoreForm>) => void;
}

function OneThreshold({ kind, profile, one, faultId, isFaulty, onChange }: OneThresholdProps) {
  const t = useText();
  const ask = askOf({ ...EMPTY_FORM, kind });
  const marks = judgedBy(kind).flatMap((mark) => (mark === 'chosen' ? [] : [mark]));
  const number = (name: 'part' | 'whole') => (
    <NumberField
      label={t(`room:pollForm.${name}`)}
      value={one[name]}
      {...{ faultId, isFaulty }}
      onValue={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <>
      {marks.length < 2 ? null : (
        <Choice
          label={t(`room:pollForm.on.${profile}`)}
          value={one.on ?? marks[0] ?? ''}
          options={marks.map((value) => ({ value, text: markSaid(t, ask, value) }))}
          onChoose={(value) => onChange(moreOf({ ...one, on: value as Threshold['on'] }, kind))}
        />
      )}
      <Choice
        label={t('room:pollForm.relation')}
        value={one.relation}
        options={(one.on === null ? [] : relationsOf(one.on)).map((value) => ({
          value,
          text: t(`words:relation.${value}`),
        }))}
        onChoose={(value) => onChange({ relation: value as Threshold['relation'] })}
      />
      <div className={fields.row}>
        {number('part')}
        {number('whole')}
      </div>
      <Choice
        label={t('room:pollForm.base')}
        value={one.base}
        options={basesOf(kind, BASES)
          .filter((value) => value !== 'disabled')
          .map((value) => ({ value, text: t(`words:base.${value}`) }))}
        onChoose={(value) => onChange({ base: value as Threshold['base'] })}
      />
    </>
  );
}
