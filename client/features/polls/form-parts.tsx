import { useId, type ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import fields from '../../ui/form.module.css';
import type { FormField } from './poll-form.ts';
import styles from './poll-form.module.css';

interface FaultProps {
  readonly id: string;
  readonly field: FormField;
  readonly faults: readonly FormField[];
}

/** What is wrong with a part of the form, at that part. */
export function Fault({ id, field, faults }: FaultProps) {
  const t = useText();
  const isFaulty = faults.includes(field);
  return (
    <p id={id} className={fields.error} hidden={!isFaulty}>
      {isFaulty ? t(`room:pollForm.faults.${field}`) : null}
    </p>
  );
}

interface NumberFieldProps {
  readonly label: string;
  /** What is written, or a number; NaN is an empty field. */
  readonly value: number | string;
  readonly onValue: (value: number, text: string) => void;
  readonly lowest?: number;
  readonly highest?: number;
  readonly step?: number | 'any';
  readonly placeholder?: string;
  /** Id of where it is said what is wrong. */
  readonly faultId?: string;
  readonly isFaulty?: boolean;
}

export function NumberField(props: NumberFieldProps) {
  const {
    label,
    value,
    onValue,
    lowest = 0,
    highest = 1_000,
    step = 1,
    placeholder,
    faultId,
    isFaulty = false,
  } = props;
  const id = useId();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={fields.control}
        type="number"
        inputMode={step === 1 ? 'numeric' : 'decimal'}
        min={lowest}
        max={highest}
        step={step}
        placeholder={placeholder}
        value={Number.isNaN(value) ? '' : value}
        aria-invalid={isFaulty}
        aria-describedby={faultId}
        onChange={({ target }) => onValue(target.valueAsNumber, target.value)}
      />
    </div>
  );
}

interface RadiosProps<T extends string> {
  readonly legend: string;
  readonly options: readonly {
    readonly value: T;
    readonly text: string;
    readonly isDisabled?: boolean;
  }[];
  readonly value: T;
  readonly onValue: (value: T) => void;
  readonly faultId?: string;
  readonly children?: ReactNode;
}

/** One of a few, with all of them in sight. */
export function Radios<T extends string>(props: RadiosProps<T>) {
  const { legend, options, value, onValue, faultId, children } = props;
  const name = useId();
  return (
    <fieldset className={fields.field} aria-describedby={faultId}>
      <legend>{legend}</legend>
      <div className={styles.stack}>
        {options.map((option) => (
          <label key={option.value} className={fields.check}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.isDisabled}
              onChange={() => onValue(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChecked: (isChecked: boolean) => void;
}

export function Check({ label, isChecked, onChecked }: CheckProps) {
  return (
    <label className={fields.check}>
      <input type="checkbox" checked={isChecked} onChange={({ target }) => onChecked(target.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface ChecksProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly chosen: readonly T[];
  readonly onChosen: (chosen: readonly T[]) => void;
  readonly faultId?: string;
  readonly children?: ReactNode;
}

/** Any of several. */
export function Checks<T extends string>(props: ChecksProps<T>) {
  const { legend, options, chosen, onChosen, faultId, children } = props;
  return (
    <fieldset className={fields.field} aria-describedby={faultId}>
      <legend>{legend}</legend>
      <div className={fields.row}>
        {options.map(({ value, text }) => (
          <Check
            key={value}
            label={text}
            isChecked={chosen.includes(value)}
            onChecked={(isChecked) =>
              onChosen(isChecked ? [...chosen, value] : chosen.filter((other) => other !== value))
            }
          />
        ))}
      </div>
      {children}
    </fieldset>
  );
}
