import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { PollRules as Rules } from '../../../core/domain/polls/rules.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { useText } from '../../lib/i18n.ts';
import { BoxKeyLine } from './box-key.tsx';
import { HowCounted } from './how-counted.tsx';
import { changeSaid, endSaid, isIndicative, rulesSaid, sealSaid, secrecySaid } from './poll-rules-said.ts';
import styles from './polls.module.css';

export interface PollRulesProps {
  readonly poll: Poll;
}

/** What a voter has to know before voting: who sees what, when it ends and whether it may change at once, the rest on request. */
export function PollRules({ poll }: PollRulesProps) {
  const t = useText();
  const { draft } = poll;
  const endsAt = poll.phase === 'open' ? poll.endsAt : null;
  return (
    <div className={styles.rules}>
      {poll.phase === 'closed' ? null : (
        <>
          {isByHand(draft) ? <p>{t('room:tellers.notice')}</p> : <VoterNotice rules={draft.rules} />}
          {isByHand(draft) ? null : <p>{endSaid(t, draft.rules, endsAt)}</p>}
        </>
      )}
      {poll.phase !== 'closed' && isIndicative(draft) ? (
        <p className={styles.indicative}>{t('room:polls.indicative')}</p>
      ) : null}
      <BoxKeyLine poll={poll} />
      <HowCounted ask={draft.ask} />
      <details>
        <summary>{t('room:polls.rules.heading')}</summary>
        <ul>
          {poll.phase === 'closed' && !isByHand(draft) ? <li>{secrecySaid(t, draft.rules)}</li> : null}
          {rulesSaid(t, poll).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <Seal poll={poll} />
        </ul>
      </details>
    </div>
  );
}

/** Who sees what, and whether it can be changed: the same words before voting and on the ballot [B10]. */
export function VoterNotice({ rules }: { readonly rules: Rules }) {
  const t = useText();
  return (
    <>
      <p>{secrecySaid(t, rules)}</p>
      <p>{changeSaid(t, rules)}</p>
    </>
  );
}

function Seal({ poll }: PollRulesProps) {
  const t = useText();
  const seal = sealSaid(poll);
  if (seal === '') return null;
  return (
    <li>
      {t('room:polls.rules.seal')} <code className={styles.seal}>{seal}</code>
    </li>
  );
}
