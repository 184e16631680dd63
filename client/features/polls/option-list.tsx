import type { ReactNode } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import { moved } from './poll-form.ts';
import type { ItemsAsked } from './poll-kinds.ts';
import styles from './polls.module.css';

export interface OptionListProps {
  /** What the options of this kind are called. */
  readonly what: ItemsAsked['what'];
  readonly options: readonly string[];
  /** Id of where it is said what is wrong. */
  readonly faultId: string;
  readonly onOptions: (options: readonly string[]) => void;
  readonly children: ReactNode;
}

/** The options of a poll that is being prepared; their order changes by buttons, never only by dragging. */
export function OptionList({ what, options, faultId, onOptions, children }: OptionListProps) {
  const t = useText();
  const most = what === 'paragraphs' ? LIMITS.paragraphsPerPoll : LIMITS.optionsPerPoll;
  const nth = (index: number) => t(`room:pollForm.nth.${what}`, { n: index + 1 });
  return (
    <fieldset className={fields.field} aria-describedby={faultId}>
      <legend>{t(`room:pollForm.items.${what}`)}</legend>
      {options.map((text, index) => (
        // -- reason: an option has no other identity while it is typed; its place is its key.
        <div key={index} className={styles.optionRow}>
          <input
            className={fields.control}
            aria-label={nth(index)}
            placeholder={nth(index)}
            maxLength={LIMITS.optionLength}
            value={text}
            onChange={(event) =>
              onOptions(options.map((old, at) => (at === index ? event.target.value : old)))
            }
          />
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:pollForm.up', { item: nth(index) })}
            disabled={index === 0}
            onClick={() => onOptions(moved(options, index, index - 1))}
          >
            <span aria-hidden="true">↑</span>
          </Button>
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:pollForm.down', { item: nth(index) })}
            disabled={index === options.length - 1}
            onClick={() => onOptions(moved(options, index, index + 1))}
          >
            <span aria-hidden="true">↓</span>
          </Button>
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:pollForm.removeOption', { item: nth(index) })}
            disabled={options.length <= 1}
            onClick={() => onOptions(options.filter((_, at) => at !== index))}
          >
            <span aria-hidden="true">✕</span>
          </Button>
        </div>
      ))}
      {options.length < most ? (
        <Button isSmall onClick={() => onOptions([...options, ''])}>
          {t(`room:pollForm.add.${what}`)}
        </Button>
      ) : null}
      {children}
    </fieldset>
  );
}
