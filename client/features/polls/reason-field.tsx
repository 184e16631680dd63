import { useId } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import fields from '../../ui/form.module.css';

interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isNeeded: boolean;
  readonly errorId: string;
  readonly onValue: (value: string) => void;
}

/** Why somebody marks as they do. */
export function ReasonField({ label, value, isNeeded, errorId, onValue }: ReasonFieldProps) {
  const id = useId();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={fields.control}
        rows={2}
        maxLength={LIMITS.reasonLength}
        value={value}
        required={isNeeded}
        aria-describedby={errorId}
        onChange={(event) => onValue(event.target.value)}
      />
    </div>
  );
}
