import { useId } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import { Check, Fault, NumberField } from './form-parts.tsx';
import type { WeightForm } from './rules-form.ts';
import type { RulesPartProps } from './rules-part.ts';

/** Whose votes weigh something else than 1: off until somebody says so, by name, and told before anybody votes [B17]. */
export function WeightsField({ rules, people, onRules, faults }: RulesPartProps) {
  const t = useText();
  const id = useId();
  const { weights } = rules;
  const rest = people.filter((one) => weights?.every((other) => other.id !== one.id) === true);
  const change = (next: readonly WeightForm[]) => onRules({ weights: next });
  return (
    <div className={fields.field}>
      <Check
        label={t('room:pollForm.weights.differ')}
        isChecked={weights !== null}
        onChecked={(isOn) => onRules({ weights: isOn ? [] : null })}
      />
      {weights === null ? null : (
        <fieldset className={fields.field} data-part="weights">
          <legend>{t('room:pollForm.weights.legend')}</legend>
          <p className={fields.hint}>{t('room:pollForm.weights.hint')}</p>
          {weights.map((one) => {
            const who = people.find((other) => other.id === one.id)?.name ?? t('room:pollForm.weights.gone');
            return (
              <div key={one.id} className={fields.row}>
                <NumberField
                  label={t('room:pollForm.weights.of', { who })}
                  value={one.weight}
                  step="any"
                  faultId={id}
                  isFaulty={faults.includes('weights')}
                  onValue={(_, weight) =>
                    change(weights.map((other) => (other.id === one.id ? { ...one, weight } : other)))
                  }
                />
                <Button isSmall onClick={() => change(weights.filter((other) => other.id !== one.id))}>
                  {t('room:pollForm.weights.takeOut', { who })}
                </Button>
              </div>
            );
          })}
          {rest.length === 0 ? null : (
            <Choice
              label={t('room:pollForm.weights.add')}
              value=""
              options={[
                { value: '', text: t('room:pollForm.weights.choose') },
                ...rest.map((one) => ({ value: one.id, text: one.name })),
              ]}
              onChoose={(chosen) => {
                if (chosen !== '') change([...weights, { id: chosen, weight: '2' }]);
              }}
            />
          )}
        </fieldset>
      )}
      <Fault id={id} field="weights" faults={faults} />
    </div>
  );
}
