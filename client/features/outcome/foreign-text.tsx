import { useEffect, useState, type ReactNode } from 'react';
import type * as Y from 'yjs';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import styles from './outcome-panel.module.css';
import { wordsIn } from './words-in.ts';

/** The words of a text that this page cannot draw: to read, live, and never to touch. */
export function ForeignText({ fragment }: { readonly fragment: Y.XmlFragment }): ReactNode {
  const t = useText();
  const [words, setWords] = useState(() => wordsIn(fragment));
  useEffect(() => {
    const look = (): void => setWords(wordsIn(fragment));
    fragment.observeDeep(look);
    return () => fragment.unobserveDeep(look);
  }, [fragment]);
  return (
    <div className={styles.sheet}>
      <div className={styles.notice} role="alert">
        <p>
          <strong>{t('text:foreign.title')}</strong>
        </p>
        <p>{t('text:foreign.body')}</p>
        <Button isSmall onClick={() => window.location.reload()}>
          {t('text:foreign.reload')}
        </Button>
      </div>
      <div className={styles.plain} role="document" aria-label={t('text:body')} tabIndex={0} dir="auto">
        {words}
      </div>
    </div>
  );
}
