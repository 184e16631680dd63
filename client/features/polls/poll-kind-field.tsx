import { useId } from 'react';
import type { Ask } from '../../../core/domain/polls/ask.ts';
import { useText } from '../../lib/i18n.ts';
import fields from '../../ui/form.module.css';
import { HowCounted } from './how-counted.tsx';
import { isOffered, KIND_GROUPS, type OfferedKind } from './poll-kinds.ts';
import type { PollForm } from './poll-form.ts';
import styles from './poll-form.module.css';

interface PollKindFieldProps {
  readonly kind: PollForm['kind'];
  readonly ask: Ask;
  readonly onKind: (kind: OfferedKind) => void;
}

/** How a question is asked: kinds by what they are for, each with what it is; of the chosen one a worked example. */
export function PollKindField({ kind, ask, onKind }: PollKindFieldProps) {
  const t = useText();
  const id = useId();
  return (
    <div className={styles.kind}>
      <details>
        <summary>{t('room:pollForm.kindIs', { kind: t(`words:poll.${kind}`) })}</summary>
        <div role="radiogroup" aria-label={t('room:pollForm.kind')}>
          {KIND_GROUPS.map(({ group, kinds }) => (
            <fieldset key={group} className={styles.kindGroup}>
              <legend>{t(`room:pollForm.groups.${group}`)}</legend>
              {kinds.map((one) => (
                <label key={one} className={styles.kindRow}>
                  <input
                    type="radio"
                    name={id}
                    checked={kind === one}
                    aria-labelledby={`${id}-${one}`}
                    aria-describedby={`${id}-${one}-help`}
                    onChange={() => onKind(one)}
                  />
                  <span>
                    <span id={`${id}-${one}`} className={styles.kindName}>
                      {t(`words:poll.${one}`)}
                    </span>
                    <span id={`${id}-${one}-help`} className={fields.hint}>
                      {t(`room:pollForm.help.${one}`)}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
      </details>
      {isOffered(kind) ? (
        <>
          <p className={fields.hint}>{t(`room:pollForm.help.${kind}`)}</p>
          <HowCounted ask={ask} />
        </>
      ) : null}
    </div>
  );
}
