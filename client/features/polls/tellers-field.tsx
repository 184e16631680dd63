import { useId } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import fields from '../../ui/form.module.css';
import type { Countable } from './countable.ts';
import { Fault } from './form-parts.tsx';
import type { FormField } from './poll-form.ts';
import type { RulesForm } from './rules-form.ts';

interface TellersFieldProps {
  readonly tellers: RulesForm['tellers'];
  readonly people: readonly Countable[];
  readonly onTellers: (tellers: RulesForm['tellers']) => void;
  readonly faults: readonly FormField[];
}

/** Two different people who count hands or papers [B45]. */
export function TellersField({ tellers, people, onTellers, faults }: TellersFieldProps) {
  const t = useText();
  const id = useId();
  const [first, second] = tellers;
  const field = (n: 1 | 2, chosen: string, other: string, onId: (id: string) => void) => (
    <Choice
      label={t('room:tellers.nth', { n })}
      value={chosen}
      options={[
        { value: '', text: t('room:tellers.choose') },
        ...people.filter((one) => one.id !== other).map((one) => ({ value: one.id, text: one.name })),
      ]}
      onChoose={onId}
    />
  );
  return (
    <div className={fields.field}>
      {field(1, first, second, (chosen) => onTellers([chosen, second]))}
      {field(2, second, first, (chosen) => onTellers([first, chosen]))}
      <p className={fields.hint}>{t('room:tellers.who')}</p>
      <Fault id={id} field="tellers" faults={faults} />
    </div>
  );
}
