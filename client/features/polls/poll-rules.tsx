import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { useText } from '../../lib/i18n.ts';
import { BoxKeyLine } from './box-key.tsx';
import { HowCounted } from './how-counted.tsx';
import {
  changeSaid,
  endSaid,
  isIndicative,
  isTelling,
  rulesSaid,
  sealSaid,
  secrecySaid,
  weightsSaid,
} from './poll-rules-said.ts';
import styles from './polls.module.css';

export interface PollRulesProps {
  readonly poll: Poll;
  readonly nameOf: (id: string) => string;
}

/** What a voter has to know before voting: who sees what, when it ends and whether it may change at once, the rest on request. */
export function PollRules({ poll, nameOf }: PollRulesProps) {
  const t = useText();
  const { draft } = poll;
  const weights = weightsSaid(t, draft.rules, nameOf);
  const endsAt = poll.phase === 'open' ? poll.endsAt : null;
  return (
    <div className={styles.rules}>
      {poll.phase === 'closed' ? null : (
        <>
          {isByHand(draft) ? <p>{t('room:tellers.notice')}</p> : <VoterNotice draft={draft} />}
          {isByHand(draft) ? null : <p>{endSaid(t, draft.rules, endsAt)}</p>}
        </>
      )}
      {poll.phase !== 'closed' && isIndicative(draft) ? (
        <p className={styles.indicative}>{t('room:polls.indicative')}</p>
      ) : null}
      {weights === '' ? null : <p>{weights}</p>}
      <BoxKeyLine poll={poll} />
      <HowCounted ask={draft.ask} />
      <details>
        <summary>{t('room:polls.rules.heading')}</summary>
        <ul>
          {poll.phase === 'closed' && !isByHand(draft) ? <li>{secrecySaid(t, draft.rules)}</li> : null}
          {poll.phase === 'closed' && isTelling(draft.rules, draft.ask.kind) ? (
            <li>{t('room:polls.rules.wholePapers')}</li>
          ) : null}
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
export function VoterNotice({ draft: { rules, ask } }: { readonly draft: PollDraft }) {
  const t = useText();
  return (
    <>
      <p>{secrecySaid(t, rules)}</p>
      {isTelling(rules, ask.kind) ? <p>{t('room:polls.rules.wholePapers')}</p> : null}
      <p>{changeSaid(t, rules)}</p>
    </>
  );
}

function Seal({ poll }: Pick<PollRulesProps, 'poll'>) {
  const t = useText();
  const seal = sealSaid(poll);
  if (seal === '') return null;
  return (
    <li>
      {t('room:polls.rules.seal')} <code className={styles.seal}>{seal}</code>
    </li>
  );
}
