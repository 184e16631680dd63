import { LIMITS } from '../../../core/domain/limits.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import { moved } from './poll-form.ts';
import styles from './polls.module.css';

export interface OptionListProps {
  readonly options: readonly string[];
  readonly onOptions: (options: readonly string[]) => void;
}

/** The options of a poll that is being prepared; their order changes by buttons, never only by dragging. */
export function OptionList({ options, onOptions }: OptionListProps) {
  const t = useText();
  return (
    <fieldset className={fields.field}>
      <legend>{t('room:pollForm.options')}</legend>
      {options.map((text, index) => (
        // -- reason: an option has no other identity while it is typed; its place is its key.
        <div key={index} className={styles.optionRow}>
          <input
            className={fields.control}
            aria-label={t('room:pollForm.option', { n: index + 1 })}
            placeholder={t('room:pollForm.option', { n: index + 1 })}
            maxLength={LIMITS.optionLength}
            value={text}
            onChange={(event) =>
              onOptions(options.map((old, at) => (at === index ? event.target.value : old)))
            }
          />
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:pollForm.up', { n: index + 1 })}
            disabled={index === 0}
            onClick={() => onOptions(moved(options, index, index - 1))}
          >
            <span aria-hidden="true">↑</span>
          </Button>
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:pollForm.down', { n: index + 1 })}
            disabled={index === options.length - 1}
            onClick={() => onOptions(moved(options, index, index + 1))}
          >
            <span aria-hidden="true">↓</span>
          </Button>
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:pollForm.removeOption', { n: index + 1 })}
            disabled={options.length <= 1}
            onClick={() => onOptions(options.filter((_, at) => at !== index))}
          >
            <span aria-hidden="true">✕</span>
          </Button>
        </div>
      ))}
      {options.length < LIMITS.optionsPerPoll ? (
        <Button isSmall onClick={() => onOptions([...options, ''])}>
          {t('room:pollForm.addOption')}
        </Button>
      ) : null}
    </fieldset>
  );
}
