import { formatPercent } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { hasBox } from '../../../core/domain/polls/poll.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { BoxTurnout } from './box-turnout.tsx';
import styles from './polls.module.css';
import { rolesVoted, turnoutOf, type ClosedPoll, type OpenPoll } from './turnout.ts';

export interface TurnoutProps {
  readonly poll: OpenPoll | ClosedPoll;
  readonly sessionId: SessionId;
}

/** How many have voted, live, of all and of each role; what they chose is nobody's to see before the close. */
export function Turnout({ poll, sessionId }: TurnoutProps) {
  if (poll.phase === 'open' && hasBox(poll)) return <BoxTurnout {...{ poll, sessionId }} />;
  return <Counted poll={poll} />;
}

function Counted({ poll }: Pick<TurnoutProps, 'poll'>) {
  const t = useText();
  const { eligible, cast, share } = turnoutOf(poll);
  const roles = poll.phase === 'open' ? rolesVoted(poll) : [];
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
      {roles.length < 2 ? null : (
        <ul role="list" className={styles.voted} aria-label={t('room:polls.byRole')}>
          {roles.map(({ role, eligible: due, cast: voted }) => (
            <li key={role}>
              {t('room:polls.votedOf', { role: t(`words:role.${role}`), eligible: due, cast: voted })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
