import { useId } from 'react';
import { reachedBy } from '../../../core/domain/polls/offered.ts';
import { BASES, type Base, type Threshold } from '../../../core/domain/polls/rules.ts';
import { useText } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import { Fault, NumberField } from './form-parts.tsx';
import { MoreThresholds } from './more-thresholds.tsx';
import { askOf, EMPTY_FORM } from './poll-form.ts';
import {
  basesOf,
  firstOn,
  isOverDays,
  mayDraw,
  SHARES,
  type RulesForm,
  type Share,
  type ShareForm,
} from './rules-form.ts';
import type { RulesPartProps } from './rules-part.ts';

/** How many must be there and take part, for a result to say anything: of every kind that can be asked so. */
export function PollFormQuorum({ kind, rules, onRules, faults }: RulesPartProps) {
  const t = useText();
  const id = useId();
  const share = (name: 'attendance' | 'participation') => (
    <ShareField
      label={t(`room:pollForm.${name}`)}
      form={rules[name]}
      faultId={id}
      isFaulty={faults.includes('quorum')}
      onForm={(form) => onRules({ [name]: form })}
    />
  );
  return (
    <>
      {isOverDays(rules) || kind === 'temperature' ? null : share('attendance')}
      {kind === 'acclamation' || kind === 'temperature' ? null : share('participation')}
      <Fault id={id} field="quorum" faults={faults} />
    </>
  );
}

/** What must be reached, of what, and what a draw means. */
export function PollFormCount(props: RulesPartProps) {
  const { kind, rules, onRules, faults } = props;
  const t = useText();
  const id = useId();
  const isJudged = rules.threshold.share !== 'none';
  return (
    <>
      <ShareField
        label={t(`room:pollForm.threshold.${rules.profile}`)}
        form={rules.threshold}
        faultId={`${id}-threshold`}
        isFaulty={faults.includes('threshold')}
        onForm={(threshold) => onRules({ threshold })}
      />
      <Fault id={`${id}-threshold`} field="threshold" faults={faults} />
      {isJudged && reachedBy(kind).length > 1 ? <JudgedField {...props} /> : null}
      <Choice
        label={t('room:pollForm.base')}
        value={rules.base}
        options={basesOf(kind, BASES).map((value) => ({ value, text: t(`words:base.${value}`) }))}
        onChoose={(value) => onRules({ base: value as Base })}
      />
      <Fault id={`${id}-base`} field="base" faults={faults} />
      {isJudged ? <MoreThresholds {...props} faultId={`${id}-threshold`} /> : null}
      {mayDraw(rules, kind) ? (
        <Choice
          label={t('room:pollForm.tie')}
          value={rules.tie}
          options={(['fails', 'host'] as const).map((value) => ({
            value,
            text: t(`room:pollForm.ties.${value}`),
          }))}
          onChoose={(value) => onRules({ tie: value as RulesForm['tie'] })}
        />
      ) : null}
      <Fault id={`${id}-tie`} field="tie" faults={faults} />
    </>
  );
}

/** Which mark must reach the threshold: the first of the kind, until somebody says otherwise. */
function JudgedField({ kind, rules, onRules }: RulesPartProps) {
  const t = useText();
  const marks = reachedBy(kind).flatMap((mark) => (mark === 'chosen' ? [] : [mark]));
  const ask = askOf({ ...EMPTY_FORM, kind });
  return (
    <Choice
      label={t(`room:pollForm.on.${rules.profile}`)}
      value={firstOn(rules, kind) ?? ''}
      options={marks.map((value) => ({ value, text: markSaid(t, ask, value) }))}
      onChoose={(value) => onRules({ on: value as Threshold['on'] })}
    />
  );
}

interface ShareFieldProps {
  readonly label: string;
  readonly form: ShareForm;
  readonly faultId: string;
  readonly isFaulty: boolean;
  readonly onForm: (form: ShareForm) => void;
}

/** Nothing, more than half, two thirds or more, or a fraction of one's own. */
function ShareField({ label, form, faultId, isFaulty, onForm }: ShareFieldProps) {
  const t = useText();
  return (
    <>
      <Choice
        label={label}
        value={form.share}
        options={SHARES.map((value) => ({ value, text: t(`room:pollForm.shares.${value}`) }))}
        onChoose={(value) => onForm({ ...form, share: value as Share })}
      />
      {form.share === 'own' ? (
        <div className={fields.row} role="group" aria-label={label}>
          <NumberField
            label={t('room:pollForm.part')}
            value={form.part}
            {...{ faultId, isFaulty }}
            onValue={(part) => onForm({ ...form, part })}
          />
          <NumberField
            label={t('room:pollForm.whole')}
            value={form.whole}
            {...{ faultId, isFaulty }}
            onValue={(whole) => onForm({ ...form, whole })}
          />
        </div>
      ) : null}
    </>
  );
}
