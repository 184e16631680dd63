import { useEffect, useRef, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { line } from '../../../core/domain/text.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './stream-bar.module.css';

/** Whoever types is not searched for at every letter. */
const PAUSE_MS = 350;
const Query = line(LIMITS.searchLength);

interface SearchFieldProps {
  readonly query: string | null;
  readonly onQuery: (query: string | null) => void;
}

/** Looks for words in everything that was said, once whoever types them pauses; never in the middle of a Chinese word. */
export function SearchField({ query, onQuery }: SearchFieldProps) {
  const t = useText();
  const [text, setText] = useState(query ?? '');
  const [asked, setAsked] = useState(query);
  const isComposing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Another way to clear the filter was taken.
  if (asked !== query) {
    setAsked(query);
    setText(query ?? '');
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (typed: string) => {
    clearTimeout(timer.current);
    const words = Query.safeParse(typed);
    const next = words.success ? words.data : null;
    if (next === query) return;
    setAsked(next);
    onQuery(next);
  };
  const askSoon = (typed: string) => {
    clearTimeout(timer.current);
    if (!isComposing.current) timer.current = setTimeout(() => ask(typed), PAUSE_MS);
  };
  return (
    <form
      role="search"
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        ask(text);
      }}
    >
      <input
        type="search"
        className={styles.select}
        dir="auto"
        maxLength={LIMITS.searchLength}
        aria-label={t('room:views.search')}
        placeholder={t('room:views.search')}
        data-on={query !== null}
        value={text}
        onCompositionStart={() => {
          isComposing.current = true;
          clearTimeout(timer.current);
        }}
        onCompositionEnd={(event) => {
          isComposing.current = false;
          askSoon(event.currentTarget.value);
        }}
        onChange={(event) => {
          setText(event.target.value);
          askSoon(event.target.value);
        }}
      />
    </form>
  );
}
