import { useId } from 'react';
import { ASPECTS } from '../../../core/domain/polls/ask.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { useText } from '../../lib/i18n.ts';
import fields from '../../ui/form.module.css';
import { Check, Checks, Fault, NumberField, Radios } from './form-parts.tsx';
import { OptionList } from './option-list.tsx';
import type { FormField, PollForm } from './poll-form.ts';
import { itemsAsked } from './poll-kinds.ts';

export interface FormPartProps {
  readonly form: PollForm;
  readonly onForm: (change: Partial<PollForm>, field: FormField) => void;
  /** What of the form is wrong, as far as it is told yet. */
  readonly faults: readonly FormField[];
}

/** What a kind asks beside the question: its options, and how they are dealt with. */
export function PollKindSettings({ form, onForm, faults }: FormPartProps) {
  const id = useId();
  const asked = itemsAsked(form.kind);
  return (
    <>
      {asked === null ? null : (
        <OptionList
          what={asked.what}
          options={form.options}
          faultId={`${id}-options`}
          onOptions={(options) => onForm({ options }, 'options')}
        >
          <Fault id={`${id}-options`} field="options" faults={faults} />
        </OptionList>
      )}
      <OwnSettings {...{ form, onForm, faults }} />
    </>
  );
}

function OwnSettings(props: FormPartProps) {
  const { form, onForm } = props;
  const t = useText();
  switch (form.kind) {
    case 'conditional':
      return <ConditionField {...props} />;
    case 'single':
      return (
        <Check
          label={t('room:pollForm.allowsNone')}
          isChecked={form.allowsNone}
          onChecked={(allowsNone) => onForm({ allowsNone }, 'options')}
        />
      );
    case 'multiple':
      return <Numbers {...props} field="range" names={['least', 'most']} />;
    case 'each':
      return (
        <>
          <Check
            label={t('room:pollForm.mustAll')}
            isChecked={form.mustAll}
            onChecked={(mustAll) => onForm({ mustAll }, 'range')}
          />
          {form.mustAll ? null : <Numbers {...props} field="range" names={['eachLeast', 'eachMost']} />}
        </>
      );
    case 'score':
      return <Numbers {...props} field="scale" names={['lowest', 'highest']} />;
    case 'points':
      return <Numbers {...props} field="points" names={['budget', 'cap']} />;
    case 'stv':
      return <Numbers {...props} field="seats" names={['seats']} />;
    case 'open':
      return <Numbers {...props} field="length" names={['length']} />;
    case 'signup':
      return <Numbers {...props} field="target" names={['target']} />;
    case 'statements':
      return (
        <Check
          label={t('room:pollForm.asksImportant')}
          isChecked={form.asksImportant}
          onChecked={(asksImportant) => onForm({ asksImportant }, 'options')}
        />
      );
    case 'ranking':
      return <RankingSettings {...props} />;
    case 'satisfaction':
      return <SatisfactionSettings {...props} />;
    case 'election':
      return <ElectionSettings {...props} />;
    default:
      return null;
  }
}

type NumberName =
  | 'least'
  | 'most'
  | 'eachLeast'
  | 'eachMost'
  | 'lowest'
  | 'highest'
  | 'budget'
  | 'cap'
  | 'seats'
  | 'length'
  | 'target';
interface NumbersProps extends FormPartProps {
  readonly field: FormField;
  readonly names: readonly NumberName[];
}

function Numbers({ form, onForm, faults, field, names }: NumbersProps) {
  const t = useText();
  const id = useId();
  return (
    <div>
      <div className={fields.row}>
        {names.map((name) => (
          <NumberField
            key={name}
            label={t(`room:pollForm.${name}`)}
            value={form[name]}
            lowest={name === 'lowest' || name === 'highest' ? -100 : 0}
            faultId={id}
            isFaulty={faults.includes(field)}
            onValue={(value) => onForm({ [name]: value }, field)}
          />
        ))}
      </div>
      <Fault id={id} field={field} faults={faults} />
    </div>
  );
}

function ConditionField({ form, onForm, faults }: FormPartProps) {
  const t = useText();
  const id = useId();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{t('room:pollForm.condition')}</label>
      <input
        id={id}
        className={fields.control}
        maxLength={LIMITS.optionLength}
        placeholder={t('room:pollForm.conditionHint')}
        value={form.condition}
        aria-invalid={faults.includes('condition')}
        aria-describedby={`${id}-fault`}
        onChange={(event) => onForm({ condition: event.target.value }, 'condition')}
      />
      <Fault id={`${id}-fault`} field="condition" faults={faults} />
    </div>
  );
}

function RankingSettings(props: FormPartProps) {
  const { form, onForm } = props;
  const t = useText();
  return (
    <>
      <Radios
        legend={t('room:pollForm.rankingBy')}
        options={(['points', 'runoff'] as const).map((value) => ({
          value,
          text: t(`room:pollForm.by.${value}`),
        }))}
        value={form.rankingBy}
        onValue={(rankingBy) => onForm({ rankingBy }, 'range')}
      />
      <Numbers {...props} field="range" names={['least']} />
    </>
  );
}

function SatisfactionSettings({ form, onForm, faults }: FormPartProps) {
  const t = useText();
  const id = useId();
  return (
    <>
      <Checks
        legend={t('room:pollForm.aspects')}
        options={ASPECTS.map((value) => ({ value, text: t(`words:aspect.${value}`) }))}
        chosen={form.aspects}
        faultId={id}
        onChosen={(aspects) => onForm({ aspects: ASPECTS.filter((one) => aspects.includes(one)) }, 'aspects')}
      >
        <Fault id={id} field="aspects" faults={faults} />
      </Checks>
      <Radios
        legend={t('room:pollForm.scale')}
        options={(['words', 'hundred'] as const).map((value) => ({
          value,
          text: t(`room:pollForm.scales.${value}`),
        }))}
        value={form.scale}
        onValue={(scale) => onForm({ scale }, 'aspects')}
      />
    </>
  );
}

function ElectionSettings(props: FormPartProps) {
  const { form, onForm, faults } = props;
  const t = useText();
  const id = useId();
  return (
    <>
      <Numbers {...props} field="seats" names={['seats']} />
      <div className={fields.field}>
        <label htmlFor={id}>{t('room:pollForm.others')}</label>
        <textarea
          id={id}
          className={fields.control}
          rows={3}
          value={form.others}
          aria-invalid={faults.includes('others')}
          aria-describedby={`${id}-fault`}
          onChange={(event) => onForm({ others: event.target.value }, 'others')}
        />
        <Fault id={`${id}-fault`} field="others" faults={faults} />
      </div>
    </>
  );
}
