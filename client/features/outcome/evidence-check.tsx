import type { ReactNode } from 'react';
import type { Cited } from '../../../core/domain/citation.ts';
import { withoutEvidence, type Reading, type Sentence } from '../../../core/domain/citing.ts';
import { useText } from '../../lib/i18n.ts';
import type { CitedWords } from '../../room/cited-words.ts';
import { placeName } from '../../room/place-name.ts';
import styles from './evidence.module.css';

type EvidenceCheckProps = {
  readonly reading: Reading;
  readonly wordsOf: (cited: Cited) => CitedWords;
  readonly onGo: (sentence: Sentence) => void;
};

/** How many sentences rest on nothing, and which evidence is gone; each leads to its place. Advice: it refuses nothing [O6]. */
export function EvidenceCheck({ reading, wordsOf, onGo }: EvidenceCheckProps): ReactNode {
  const t = useText();
  const { sentences } = reading;
  if (sentences.length === 0) return null;
  const bare = withoutEvidence(reading);
  const agreed = bare.filter(({ isConsensus }) => isConsensus).length;
  const broken = sentences.filter(({ citations }) =>
    citations.some(({ citation }) => wordsOf(citation).gone !== null),
  );
  const counts = { count: sentences.length, bare: bare.length, agreed };
  return (
    <details className={styles.check} data-agreed={agreed > 0}>
      <summary>
        {bare.length === 0 ? t('room:evidence.allCited', counts) : t('room:evidence.coverage', counts)}
        {agreed === 0 ? null : t('room:evidence.agreed', counts)}
        {broken.length === 0 ? null : <strong> {t('room:evidence.broken', { count: broken.length })}</strong>}
      </summary>
      <Places name={t('room:evidence.brokenAt')} sentences={broken} onGo={onGo} />
      <Places name={t('room:evidence.bareAt')} sentences={bare} onGo={onGo} />
    </details>
  );
}

type PlacesProps = {
  readonly name: string;
  readonly sentences: readonly Sentence[];
  readonly onGo: (sentence: Sentence) => void;
};

function Places({ name, sentences, onGo }: PlacesProps): ReactNode {
  const t = useText();
  if (sentences.length === 0) return null;
  return (
    <>
      <p className={styles.head}>{name}</p>
      <ul className={styles.places}>
        {sentences.map((sentence) => (
          <li key={sentence.number}>
            <button type="button" className={styles.place} dir="auto" onClick={() => onGo(sentence)}>
              <small>{placeName(t, sentence)}</small> {sentence.words}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
