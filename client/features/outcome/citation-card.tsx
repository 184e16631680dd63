import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';
import type { CitedWords } from '../../room/cited-words.ts';
import { Button } from '../../ui/button.tsx';
import styles from './evidence.module.css';

type CitationCardProps = {
  readonly said: CitedWords;
  /** Where the citation is on the screen. */
  readonly box: DOMRect;
  readonly onGo: () => void;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
};

const WIDTH = 320;
const GAP = 6;

/** Beside a citation: what it names, in its own words, and the way there. */
export function CitationCard({ said, box, onGo, onEnter, onLeave }: CitationCardProps): ReactNode {
  const t = useText();
  const isBelow = box.bottom < window.innerHeight * 0.6;
  const width = Math.min(WIDTH, window.innerWidth - 2 * GAP);
  const left = Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP));
  const place = isBelow
    ? { insetBlockStart: box.bottom + GAP }
    : { insetBlockEnd: window.innerHeight - box.top + GAP };
  return (
    <div
      className={styles.card}
      role="tooltip"
      style={{ ...place, insetInlineStart: left, inlineSize: width }}
      onMouseEnter={onEnter}
      onMouseLeave={onLeave}
    >
      <p className={styles.head} dir="auto">
        {said.head}
      </p>
      {said.gone === null ? null : <p className={styles.gone}>{said.gone}</p>}
      {said.words === '' ? null : (
        <p className={styles.words} dir="auto">
          {said.words}
        </p>
      )}
      {/* The citation itself keeps the focus: the card goes when it is left. */}
      <Button isSmall tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={onGo}>
        {t('room:evidence.go')}
      </Button>
    </div>
  );
}
