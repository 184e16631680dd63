import { useId, useState } from 'react';
import { ROLES, may } from '../../../core/domain/people.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { PollKind, Secrecy, type PollDraft } from '../../../core/domain/polls/kinds.ts';
import { newId } from '../../lib/api.ts';
import { useText, type TextKey } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import { EMPTY_FORM, faultOf, pollOf, type FormFault, type PollForm } from './poll-form.ts';
import { OptionList } from './option-list.tsx';

const FAULTS: Readonly<Record<FormFault, TextKey>> = {
  question: 'room:pollForm.needQuestion',
  options: 'room:pollForm.needOptions',
  option: 'room:pollForm.needOption',
  roles: 'room:pollForm.needRoles',
  scale: 'room:pollForm.needScale',
  characters: 'room:composer.characters',
};

export interface PollFormFieldsProps {
  readonly onSave: (poll: PollDraft) => Promise<boolean>;
  readonly onCancel: () => void;
}

/** The chair prepares a poll; it opens later, by an act of its own. */
export function PollFormFields({ onSave, onCancel }: PollFormFieldsProps) {
  const t = useText();
  const id = useId();
  const approval: readonly string[] = [
    t('room:pollForm.approvalOptions.yes'),
    t('room:pollForm.approvalOptions.conditional'),
    t('room:pollForm.approvalOptions.no'),
    t('room:pollForm.approvalOptions.abstain'),
  ];
  const [form, setForm] = useState<PollForm>(() => ({ ...EMPTY_FORM, options: approval }));
  const [fault, setFault] = useState<FormFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const edit = (change: Partial<PollForm>) => {
    setForm({ ...form, ...change });
    setFault(null);
  };
  const chooseKind = (kind: PollKind) => {
    const isUntouched = form.options.every((text) => text === '' || approval.includes(text));
    edit({ kind, ...(isUntouched ? { options: kind === 'approval' ? approval : ['', ''] } : {}) });
  };
  const save = async () => {
    const poll = pollOf(form, newId());
    const found = faultOf(form) ?? (poll === null ? 'characters' : null);
    setFault(found);
    if (poll === null || found !== null) return;
    setBusy(true);
    if (await onSave(poll)) onCancel();
    else setBusy(false);
  };
  return (
    <form
      className={fields.form}
      noValidate
      aria-label={t('room:pollForm.heading')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by onSave, which never rejects.
        void save();
      }}
    >
      <div className={fields.field}>
        <label htmlFor={`${id}-question`}>{t('room:pollForm.question')}</label>
        <textarea
          id={`${id}-question`}
          className={fields.control}
          rows={2}
          maxLength={LIMITS.questionLength}
          value={form.question}
          aria-invalid={fault === 'question'}
          aria-describedby={`${id}-fault`}
          onChange={(event) => edit({ question: event.target.value.replace(/\s*\n\s*/g, ' ') })}
        />
      </div>
      <fieldset className={fields.field}>
        <legend>{t('room:pollForm.kind')}</legend>
        <div className={fields.row}>
          {PollKind.options.map((kind) => (
            <label key={kind} className={fields.check}>
              <input
                type="radio"
                name={`${id}-kind`}
                checked={form.kind === kind}
                onChange={() => chooseKind(kind)}
              />
              {t(`words:poll.${kind}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <OptionList options={form.options} onOptions={(options) => edit({ options })} />
      {form.kind === 'multiple' ? (
        <NumberField
          label={t('room:pollForm.maxChoices')}
          value={form.maxChoices}
          onValue={(maxChoices) => edit({ maxChoices })}
        />
      ) : null}
      {form.kind === 'rating' ? (
        <div className={fields.row}>
          <NumberField
            label={t('room:pollForm.lowest')}
            value={form.lowest}
            onValue={(lowest) => edit({ lowest })}
          />
          <NumberField
            label={t('room:pollForm.highest')}
            value={form.highest}
            onValue={(highest) => edit({ highest })}
          />
        </div>
      ) : null}
      <fieldset className={fields.field}>
        <legend>{t('room:pollForm.secrecy')}</legend>
        <div>
          {Secrecy.options.map((secrecy) => (
            <label key={secrecy} className={fields.check}>
              <input
                type="radio"
                name={`${id}-secrecy`}
                checked={form.secrecy === secrecy}
                onChange={() => edit({ secrecy })}
              />
              <span>{secrecy === 'named' ? t('room:polls.rules.named') : t('room:polls.rules.secret')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className={fields.field}>
        <legend>{t('room:pollForm.roles')}</legend>
        <div className={fields.row}>
          {ROLES.filter((role) => may(role, 'poll:vote')).map((role) => (
            <label key={role} className={fields.check}>
              <input
                type="checkbox"
                checked={form.roles.includes(role)}
                onChange={() =>
                  edit({
                    roles: form.roles.includes(role)
                      ? form.roles.filter((other) => other !== role)
                      : [...form.roles, role],
                  })
                }
              />
              {t(`words:role.${role}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <p id={`${id}-fault`} className={fields.error} role="alert">
        {fault === null ? null : t(FAULTS[fault])}
      </p>
      <div className={fields.acts}>
        <Button onClick={onCancel}>{t('room:pollForm.cancel')}</Button>
        <Button kind="main" type="submit" isBusy={isBusy}>
          {t('room:pollForm.save')}
        </Button>
      </div>
    </form>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

function NumberField({ label, value, onValue }: NumberFieldProps) {
  const id = useId();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={fields.control}
        type="number"
        inputMode="numeric"
        min={0}
        max={100}
        value={value}
        onChange={(event) => onValue(Number(event.target.value))}
      />
    </div>
  );
}
