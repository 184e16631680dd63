import { useId } from 'react';
import { STANCES, type Stance } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { StanceMark } from '../../ui/stance-badge.tsx';
import styles from './composer.module.css';

export interface StancePickerProps {
  readonly value: Stance | null;
  /** Stances that the rule allows this person now. */
  readonly allowed: readonly Stance[];
  readonly onChange: (stance: Stance) => void;
}

/** Stance first: radios that look like labels, so that arrows, space and readers work as everywhere. */
export function StancePicker({ value, allowed, onChange }: StancePickerProps) {
  const t = useText();
  const name = useId();
  return (
    <fieldset className={styles.stances}>
      <legend>{t('room:composer.stance')}</legend>
      {STANCES.filter((stance) => allowed.includes(stance)).map((stance) => (
        <label key={stance} className={styles.stance} data-stance={stance}>
          <input
            type="radio"
            name={name}
            value={stance}
            checked={value === stance}
            onChange={() => onChange(stance)}
          />
          <StanceMark stance={stance} />
          {t(`words:stance.${stance}`)}
        </label>
      ))}
    </fieldset>
  );
}
