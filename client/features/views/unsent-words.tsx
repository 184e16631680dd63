import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notices.tsx';
import styles from './composer.module.css';
import { wordsOf, type Draft } from './draft.ts';

interface UnsentWordsProps {
  readonly draft: Draft;
  /** The person has taken the words elsewhere, or does not want them. */
  readonly onDone: () => void;
}

/** The session closed while somebody was writing: their words are shown once more, to be copied. */
export function UnsentWords({ draft, onDone }: UnsentWordsProps) {
  const t = useText();
  const [isCopied, setCopied] = useState(false);
  const words = wordsOf(draft);
  if (words === '') return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words);
      setCopied(true);
    } catch {
      // In-app browsers and plain http have no clipboard: the words can be selected by hand.
      notify('bad', t('room:unsent.copyFailed'));
    }
  };
  return (
    <section className={styles.composer} aria-label={t('room:unsent.heading')}>
      <p className={styles.warn} role="alert">
        {t('room:unsent.heading')}
      </p>
      <p className={styles.unsent} dir="auto" tabIndex={0}>
        {words}
      </p>
      <div className={styles.last}>
        <Button isSmall onClick={onDone}>
          {t('room:unsent.done')}
        </Button>
        {/* -- copy tells its own failure. */}
        <Button isSmall onClick={() => void copy()}>
          {isCopied ? t('room:links.copied') : t('room:unsent.copy')}
        </Button>
      </div>
    </section>
  );
}
