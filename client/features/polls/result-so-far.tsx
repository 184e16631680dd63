import { isReadAtOnce } from '../../../core/domain/polls/poll.ts';
import { resultSoFar } from '../../../core/domain/polls/so-far.ts';
import { useText } from '../../lib/i18n.ts';
import { Chamber, Notice } from '../../room/polls/result-parts.tsx';
import styles from './polls.module.css';
import type { OpenPoll } from './turnout.ts';

interface ResultSoFarProps {
  readonly poll: OpenPoll;
  readonly isWall?: boolean;
}

/** The counts of an open poll whose papers everybody reads at once; of any other nothing [B11]. */
export function ResultSoFar({ poll, isWall = false }: ResultSoFarProps) {
  const t = useText();
  if (!isReadAtOnce(poll.draft)) return null;
  const { draft, result } = resultSoFar(poll);
  return (
    <div className={styles.result}>
      <Notice>{t('room:polls.soFar')}</Notice>
      {result.chambers.map((chamber) => (
        <Chamber key={chamber.id} {...{ draft, result, chamber, isWall }} />
      ))}
    </div>
  );
}
