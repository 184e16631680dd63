import { useId, useState } from 'react';
import { LIMITS } from '../../core/domain/limits.ts';
import { useText } from '../lib/i18n.ts';
import fields from './form.module.css';

/** A reason that somebody must give: what they wrote, and the field for it. */
export type Why = {
  /** What was written; null where nothing was: the field then says so and has the focus. */
  readonly ask: () => string | null;
  readonly field: WhyFieldProps;
};

interface WhyFieldProps {
  readonly id: string;
  readonly value: string;
  readonly isMissing: boolean;
  readonly onChange: (value: string) => void;
}

export function useWhy(): Why {
  const id = useId();
  const [value, setValue] = useState('');
  const [wasAsked, setAsked] = useState(false);
  const words = value.trim();
  return {
    ask: () => {
      if (words !== '') return words;
      setAsked(true);
      document.getElementById(id)?.focus();
      return null;
    },
    field: { id, value, isMissing: wasAsked && words === '', onChange: setValue },
  };
}

/** Where the reason is written. */
export function WhyField({
  id,
  value,
  isMissing,
  onChange,
  label,
}: WhyFieldProps & { readonly label: string }) {
  const t = useText();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={fields.control}
        maxLength={LIMITS.reasonLength}
        value={value}
        required
        aria-invalid={isMissing}
        aria-describedby={`${id}-missing`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-missing`} className={fields.error}>
        {isMissing ? t('shell:confirm.needWhy') : null}
      </p>
    </div>
  );
}
