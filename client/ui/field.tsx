import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import styles from './field.module.css';

interface FieldProps extends ComponentPropsWithRef<'input'> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with it; said to a reader together with the field. */
  readonly error?: string | undefined;
  /** Beside the input, e.g. a button that shows the password. */
  readonly side?: ReactNode;
}

/** One line to fill in, with its label above, its hint below and its error tied to it. */
export function Field({ label, hint, error, side, id, ...input }: FieldProps) {
  const made = useId();
  const inputId = id ?? made;
  const told = [
    error === undefined ? null : `${inputId}-error`,
    hint === undefined ? null : `${inputId}-hint`,
  ].filter((name) => name !== null);
  return (
    <div className={styles.field}>
      <label htmlFor={inputId}>{label}</label>
      <div className={styles.row}>
        <input
          {...input}
          id={inputId}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={told.length === 0 ? undefined : told.join(' ')}
        />
        {side}
      </div>
      {error === undefined ? null : (
        <p id={`${inputId}-error`} className={styles.error}>
          <span aria-hidden="true">▲ </span>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={`${inputId}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
