import type { Poll } from '../../../core/domain/polls/poll.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './polls.module.css';
import { turnoutOf } from './turnout.ts';

export interface PollRulesProps {
  readonly poll: Poll;
}

/** What a voter has to know before voting: who sees what and whether it may change at once, the rest on request. */
export function PollRules({ poll }: PollRulesProps) {
  const t = useText();
  const { draft } = poll;
  const roles = draft.eligibleRoles.map((role) => t(`words:role.${role}`)).join(t('room:polls.roles'));
  return (
    <div className={styles.rules}>
      <p>{draft.secrecy === 'named' ? t('room:polls.rules.named') : t('room:polls.rules.secret')}</p>
      <p>{draft.secrecy === 'named' ? t('room:polls.rules.changeable') : t('room:polls.rules.final')}</p>
      <details>
        <summary>{t('room:polls.rules.heading')}</summary>
        <ul>
          {draft.secrecy === 'secret' ? <li>{t('room:polls.rules.secretMore')}</li> : null}
          <li>{t('room:polls.rules.hidden')}</li>
          <li>{t('room:polls.rules.ends')}</li>
          <li>
            {poll.phase === 'prepared'
              ? t('room:polls.rules.whoNotOpened', { roles })
              : t('room:polls.rules.who', { roles, count: turnoutOf(poll).eligible })}
          </li>
        </ul>
        <p className={styles.indicative}>{t('room:polls.indicative')}</p>
      </details>
    </div>
  );
}
