import { useId } from 'react';
import { useText } from '../../lib/i18n.ts';
import form from '../../ui/form.module.css';

interface WayChoiceProps {
  readonly isLater: boolean;
  readonly onChange: (isLater: boolean) => void;
}

/** 当场成文 or 会后成文: what becomes of the text when the meeting ends. */
export function WayChoice({ isLater, onChange }: WayChoiceProps) {
  const t = useText();
  const id = useId();
  return (
    <fieldset className={form.field}>
      <legend>{t('room:concluding.way')}</legend>
      {(['now', 'later'] as const).map((way) => (
        <label key={way} className={form.check}>
          <input
            type="radio"
            name={id}
            checked={isLater === (way === 'later')}
            onChange={() => onChange(way === 'later')}
          />
          <span>
            {t(`room:concluding.${way}`)}
            <span className={form.hint}> {t(`room:concluding.${way}Hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
