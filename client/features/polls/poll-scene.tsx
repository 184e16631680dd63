import { itemsOf } from '../../../core/domain/polls/ask.ts';
import { marksOf } from '../../../core/domain/polls/marks.ts';
import { isReadAtOnce } from '../../../core/domain/polls/poll.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { itemsSaid, markSaid } from '../../lib/marks-said.ts';
import { Indicative } from '../../room/polls/result-parts.tsx';
import { BoxKeyLine } from './box-key.tsx';
import { PollCountdown } from './poll-countdown.tsx';
import { PollResult } from './poll-result.tsx';
import { sealSaid } from './poll-rules-said.ts';
import styles from './poll-scene.module.css';
import { ResultSoFar } from './result-so-far.tsx';
import { Turnout } from './turnout-bar.tsx';
import type { ClosedPoll, OpenPoll } from './turnout.ts';

export interface PollSceneProps {
  readonly poll: OpenPoll | ClosedPoll;
  readonly sessionId: SessionId;
  readonly nameOf: (id: string) => string;
  /** What it is about, in words; '' where it is about nothing in particular. */
  readonly about: string;
}

/** A poll on the big screen: question, turnout and time while it is open, the result after. */
export function PollScene({ poll, sessionId, nameOf, about }: PollSceneProps) {
  const t = useText();
  return (
    <div className={styles.scene}>
      <div className={styles.kind}>
        <p>{poll.phase === 'open' ? t('room:screen.voting') : t('room:screen.result')}</p>
        {poll.phase === 'open' ? <PollCountdown poll={poll} /> : null}
      </div>
      <h2 className={styles.question} dir="auto">
        {poll.draft.question}
      </h2>
      {about === '' ? null : (
        <p className={styles.note} dir="auto">
          {t('room:polls.about.label')}
          {about}
        </p>
      )}
      {poll.phase === 'open' ? (
        <OpenScene {...{ poll, sessionId }} />
      ) : (
        <div className={styles.result}>
          <PollResult poll={poll} nameOf={nameOf} isWall />
        </div>
      )}
      <BoxKeyLine poll={poll} isWall />
      <Seal poll={poll} />
    </div>
  );
}

function OpenScene({ poll, sessionId }: Pick<PollSceneProps, 'sessionId'> & { readonly poll: OpenPoll }) {
  const t = useText();
  return (
    <>
      <ol className={styles.options} data-many={itemsOf(poll.draft.ask).length > 6}>
        {choicesOf(t, poll).map(({ id, text }) => (
          <li key={id} dir="auto">
            {text}
          </li>
        ))}
      </ol>
      {isByHand(poll.draft) ? (
        <p className={styles.note}>{t('room:tellers.notice')}</p>
      ) : (
        <div className={styles.turnout} role="status">
          <Turnout {...{ poll, sessionId }} />
        </div>
      )}
      <ResultSoFar poll={poll} isWall />
      <p className={styles.note}>
        {t(`words:secrecy.${poll.draft.rules.secrecy}`)}
        {isReadAtOnce(poll.draft) ? null : ` · ${t('room:polls.waitResult')}`}
      </p>
      <Indicative draft={poll.draft} />
    </>
  );
}

/** What can be chosen: the options, or the marks of a question that has none. */
function choicesOf(
  t: Translate,
  { draft: { ask } }: OpenPoll,
): readonly { readonly id: string; readonly text: string }[] {
  const items = itemsSaid(t, ask);
  if (items.length > 0) return items;
  return marksOf(ask.kind).map((mark) => ({ id: mark, text: markSaid(t, ask, mark) }));
}

/** The beginning of the hash over rules and roll; polls of the first form have none. */
function Seal({ poll }: Pick<PollSceneProps, 'poll'>) {
  const t = useText();
  const seal = sealSaid(poll);
  if (seal === '') return null;
  return (
    <p className={styles.note}>
      {t('room:polls.seal')} <code className={styles.seal}>{seal}</code>
    </p>
  );
}
