import type { Ask } from '../../../core/domain/polls/ask.ts';
import { useText } from '../../lib/i18n.ts';
import { paperSaid } from '../../lib/paper-said.ts';
import { saySentence } from '../../room/polls/sentence-words.ts';
import { exampleOf, resultOf } from './examples.ts';
import styles from './polls.module.css';

export interface WorkedExampleProps {
  readonly ask: Ask;
}

/** How a kind is counted, in words, and an example that is counted as it is shown. */
export function WorkedExample({ ask }: WorkedExampleProps) {
  const t = useText();
  const listed = (key: 'names' | 'answers') => t(`examples:${key}`).split('|');
  const example = exampleOf(ask, { names: listed('names'), answers: listed('answers') });
  const { draft, chamber } = resultOf(example);
  const how =
    ask.kind === 'ranking'
      ? t(`examples:how.ranking.${ask.by}`)
      : ask.kind === 'satisfaction'
        ? t(`examples:how.satisfaction.${ask.scale}`)
        : t(`examples:how.${ask.kind}`);
  return (
    <div className={styles.example}>
      <p>{how}</p>
      <p>{t('examples:given')}</p>
      <ul>
        {example.papers.map(([count, paper]) => {
          const lines = paperSaid(t, example.ask, paper).map(({ text }) => text);
          const said = lines.join(t('examples:and'));
          return <li key={said}>{t('examples:papers', { papers: count, said })}</li>;
        })}
      </ul>
      <p data-testid="example-sentence">
        {t('examples:result', { sentence: saySentence(t, draft, chamber) })}
      </p>
    </div>
  );
}
