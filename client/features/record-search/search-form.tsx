import { useState, type ReactNode } from 'react';
import type { RecordScope } from '../../../core/contract/record-search.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { ROLES } from '../../../core/domain/people.ts';
import { FOUND_KINDS } from '../../../core/domain/record/kinds.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { addressOf, readAsked, yearsSince, type Asked } from './asked.ts';
import styles from './search.module.css';

interface SearchFormProps {
  readonly asked: Asked;
  /** What can be looked through; undefined until it is known. */
  readonly scope: RecordScope | undefined;
  readonly onAsk: (asked: Asked) => void;
}

/** What to look for, and what narrows it. Asks when it is sent, and at once when a choice is changed. */
export function SearchForm({ asked, scope, onAsk }: SearchFormProps): ReactNode {
  const t = useText();
  const [now] = useState(() => new Date());
  const { q = '', topic = '', ...choices } = asked;
  const [words, setWords] = useState({ q, topic });
  const [known, setKnown] = useState({ q, topic });
  // Somebody went back, or took another way to another search.
  if (known.q !== q || known.topic !== topic) {
    setKnown({ q, topic });
    setWords({ q, topic });
  }
  const send = (over: Readonly<Record<string, unknown>> = {}) => {
    const given: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...choices, ...words, ...over }))
      if (value !== undefined && value !== '') given[name] = String(value);
    // As an address would ask: what cannot be asked is left out, by the same rules.
    onAsk(readAsked(new URLSearchParams(given).toString()));
  };
  const choice = (name: keyof typeof choices, options: readonly (readonly [string, string])[]) => (
    <Choice
      label={t(`archive:search.${name}`)}
      value={String(choices[name] ?? '')}
      options={[
        { value: '', text: t('archive:search.any') },
        ...options.map(([value, text]) => ({ value, text })),
      ]}
      onChoose={(value) => send({ [name]: value })}
    />
  );
  const isNarrowed = topic !== '' || addressOf(choices) !== '/archives';
  return (
    <form
      role="search"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={t('archive:search.q')}
        hint={t('archive:search.hint')}
        type="search"
        dir="auto"
        enterKeyHint="search"
        maxLength={LIMITS.searchLength}
        value={words.q}
        onChange={({ target }) => setWords({ ...words, q: target.value })}
        side={
          <Button type="submit" kind="main">
            {t('archive:search.ask')}
          </Button>
        }
      />
      <details className={styles.narrow} open={isNarrowed || undefined}>
        <summary>{t('archive:search.narrow')}</summary>
        <div className={styles.choices}>
          {choice(
            'kind',
            FOUND_KINDS.map((kind) => [kind, t(`archive:search.kinds.${kind}`)] as const),
          )}
          {choice(
            'role',
            ROLES.map((role) => [role, t(`words:role.${role}`)] as const),
          )}
          {choice(
            'year',
            yearsSince(scope?.since ?? null, now).map((year) => [String(year), String(year)] as const),
          )}
          {choice(
            'studioId',
            (scope?.studios ?? []).map(({ id, name }) => [id, name] as const),
          )}
          {choice(
            'template',
            (scope?.templates ?? []).map((name) => [name, t(`words:template.${name}`)] as const),
          )}
          <Field
            label={t('archive:search.topic')}
            dir="auto"
            maxLength={LIMITS.searchLength}
            value={words.topic}
            onChange={({ target }) => setWords({ ...words, topic: target.value })}
          />
        </div>
      </details>
    </form>
  );
}
