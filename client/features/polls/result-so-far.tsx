import type { AtPoll } from '../../../core/domain/polls/places.ts';
import { isShownWhileOpen, resultSoFar } from '../../../core/domain/polls/so-far.ts';
import { useText } from '../../lib/i18n.ts';
import { Chamber, Notice } from '../../room/polls/result-parts.tsx';
import styles from './polls.module.css';
import type { OpenPoll } from './turnout.ts';

interface ResultSoFarProps {
  readonly poll: OpenPoll;
  /** Who reads; null at a wall and without a seat. */
  readonly me: AtPoll | null;
  readonly isWall?: boolean;
}

/** The counts of an open poll, to whoever its rules show them to while it is open; to all others nothing [B11]. */
export function ResultSoFar({ poll, me, isWall = false }: ResultSoFarProps) {
  const t = useText();
  if (!isShownWhileOpen(poll, me)) return null;
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
