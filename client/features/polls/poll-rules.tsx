import type { Poll } from '../../../core/domain/polls/poll.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './polls.module.css';

export interface PollRulesProps {
  /** Open while the person still has to decide; afterwards a line that opens. */
  readonly isOpen: boolean;
  readonly poll: Poll;
}

/** What a voter has to know before voting, in plain words: who sees what, when it ends, whether it may change. */
export function PollRules({ poll, isOpen }: PollRulesProps) {
  const t = useText();
  const { draft } = poll;
  const roles = draft.eligibleRoles.map((role) => t(`words:role.${role}`)).join(t('room:polls.roles'));
  return (
    <details className={styles.rules} open={isOpen}>
      <summary>{t('room:polls.rules.heading')}</summary>
      <ul>
        <li>{draft.secrecy === 'named' ? t('room:polls.rules.named') : t('room:polls.rules.secret')}</li>
        <li>{t('room:polls.rules.hidden')}</li>
        <li>{t('room:polls.rules.ends')}</li>
        <li>{draft.secrecy === 'named' ? t('room:polls.rules.changeable') : t('room:polls.rules.final')}</li>
        <li>
          {poll.phase === 'prepared'
            ? t('room:polls.rules.whoNotOpened', { roles })
            : t('room:polls.rules.who', { roles, count: poll.electorate.length })}
        </li>
      </ul>
      <p className={styles.indicative}>{t('room:polls.indicative')}</p>
    </details>
  );
}
