import { formatPercent } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './polls.module.css';
import { turnoutOf, type ClosedPoll, type OpenPoll } from './turnout.ts';

export interface TurnoutProps {
  readonly poll: OpenPoll | ClosedPoll;
}

/** How many have voted, live; what they chose is nobody's to see before the close. */
export function Turnout({ poll }: TurnoutProps) {
  const t = useText();
  const { eligible, cast, share } = turnoutOf(poll);
  return (
    <div className={styles.turnout}>
      <p>
        {t('room:polls.turnout', { eligible, cast })} ·{' '}
        {t('room:polls.turnoutPercent', { percent: formatPercent(share) })}
      </p>
      <progress
        max={Math.max(1, eligible)}
        value={cast}
        aria-label={t('room:polls.turnoutLabel', { eligible, cast })}
      />
    </div>
  );
}
