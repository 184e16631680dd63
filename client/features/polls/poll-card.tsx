import type { ReactNode } from 'react';
import type { AtPoll } from '../../../core/domain/polls/places.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import { hasBox, type OpenPoll, type Poll } from '../../../core/domain/polls/poll.ts';
import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { useText } from '../../lib/i18n.ts';
import { kindSaid } from '../../lib/kind-said.ts';
import { itemsSaid } from '../../lib/marks-said.ts';
import type { Letter } from '../../lib/letters.ts';
import { CitedBelow } from '../../room/cited-below.tsx';
import { AboutLine } from '../../room/polls/about-line.tsx';
import { EarlyNotice } from '../../room/polls/early-notice.tsx';
import { Tellers } from '../../room/polls/tellers.tsx';
import { VoidNotice } from '../../room/polls/void-notice.tsx';
import { Ballot } from './ballot.tsx';
import { PollControl } from './poll-control.tsx';
import { PollCountdown } from './poll-countdown.tsx';
import { PollResult } from './poll-result.tsx';
import { PollRules } from './poll-rules.tsx';
import styles from './polls.module.css';
import { ResultSoFar } from './result-so-far.tsx';
import { Turnout } from './turnout-bar.tsx';
import { part } from '../../ui/part.tsx';
import { standingOf } from './standing.ts';

// A ballot for a box is heavy, and seldom; it comes when there is one.
const BoxBallot = part(async () => (await import('./box-ballot.tsx')).BoxBallot, {
  of: 'asker',
  texts: ['box'],
  waiting: 'lines',
});
const BoxOwn = part(async () => (await import('./box-own.tsx')).BoxOwn, {
  of: 'asker',
  texts: ['box'],
  waiting: 'lines',
});

export interface PollCardProps {
  readonly poll: Poll;
  readonly sessionId: SessionId;
  readonly clockOffsetMs: number;
  readonly me: ParticipantId | null;
  /** My seat: whose deputy I am says from which place I vote. */
  readonly seat: AtPoll | null;
  readonly isChair: boolean;
  readonly mayManage: boolean;
  readonly mayOpen: boolean;
  readonly mayClose: boolean;
  /** How many would be on the roll if a prepared poll opened now. */
  readonly electorate: (poll: Poll) => number;
  readonly paper: Paper | null;
  /** The letter that carries my ballot, if there is one. */
  readonly letter: Letter | null;
  readonly isOffline: boolean;
  readonly refusal: Refusal | null;
  readonly nameOf: (id: string) => string;
  /** What it is about, in words; '' where it is about nothing in particular. */
  readonly about: string;
  readonly onCast: (paper: Paper) => void;
  readonly onOpen: () => Promise<boolean>;
  /** These three answer whether it was done. */
  readonly onClose: (why: string | null) => Promise<boolean>;
  readonly onPublish: () => Promise<boolean>;
  /** Changing, putting off, making void: what there is of it for this reader. */
  readonly life: ReactNode;
  /** Who counts, and what a teller enters, where hands are raised or papers handed out. */
  readonly counted: ReactNode;
}

/** One poll: rules and ballot while it is open, the result after. */
export function PollCard(props: PollCardProps) {
  const { poll, mayManage, nameOf } = props;
  const t = useText();
  const { draft, phase } = poll;
  return (
    <article className={styles.card} data-poll-id={draft.id} data-phase={phase} aria-label={draft.question}>
      <header>
        <p className={styles.tags}>
          <span className={styles.phase} data-phase={phase}>
            {t(`words:phase.${phase}`)}
          </span>
          {isByHand(draft) ? null : (
            <span className={styles.secrecy}>{t(`words:secrecy.${draft.rules.secrecy}`)}</span>
          )}
          <span>{kindSaid(t, draft)}</span>
          {draft.rerunOf === undefined ? null : <span>{t('room:pollLife.isAgain')}</span>}
          {phase === 'closed' && poll.voided !== undefined ? (
            <strong className={styles.void}>{t('room:pollLife.void')}</strong>
          ) : null}
        </p>
        <h3 dir="auto">{draft.question}</h3>
        <AboutLine about={draft.about} said={props.about} />
      </header>
      {phase === 'prepared' ? null : (
        <>
          <VoidNotice poll={poll} nameOf={nameOf} />
          <EarlyNotice poll={poll} nameOf={nameOf} />
        </>
      )}
      {phase === 'prepared' ? <Preview poll={poll} nameOf={nameOf} /> : null}
      {phase === 'open' ? <OpenPart {...props} poll={poll} /> : null}
      {phase === 'closed' ? (
        <>
          <PollResult poll={poll} nameOf={nameOf} />
          {hasBox(poll) && poll.result !== null ? (
            <BoxOwn poll={poll} sessionId={props.sessionId} me={props.me} />
          ) : null}
          <Tellers draft={draft} nameOf={nameOf} />
          <PollRules poll={poll} nameOf={nameOf} />
        </>
      ) : null}
      {mayManage ? (
        <PollControl
          poll={poll}
          electorate={props.electorate(poll)}
          mayOpen={props.mayOpen}
          mayClose={props.mayClose}
          onOpen={props.onOpen}
          onClose={props.onClose}
          onPublish={props.onPublish}
        />
      ) : null}
      {phase === 'closed' ? <CitedBelow kind="poll" id={draft.id} /> : null}
      {props.life}
    </article>
  );
}

function Preview({ poll, nameOf }: Pick<PollCardProps, 'poll' | 'nameOf'>) {
  const t = useText();
  const items = itemsSaid(t, poll.draft.ask);
  return (
    <>
      {items.length === 0 ? null : (
        <ul className={styles.preview}>
          {items.map(({ id, text }) => (
            <li key={id} dir="auto">
              {text}
            </li>
          ))}
        </ul>
      )}
      <PollRules poll={poll} nameOf={nameOf} />
    </>
  );
}

function OpenPart(props: PollCardProps & { readonly poll: OpenPoll }) {
  const { poll, me, seat, isChair, paper, letter, isOffline, refusal, onCast, nameOf } = props;
  const t = useText();
  const standing = standingOf(poll, seat);
  if (isByHand(poll.draft))
    return (
      <>
        <PollRules poll={poll} nameOf={nameOf} />
        {props.counted}
      </>
    );
  return (
    <>
      <PollCountdown poll={poll} />
      <PollRules poll={poll} nameOf={nameOf} />
      <Turnout poll={poll} sessionId={props.sessionId} />
      {standing === 'not_on_roll' ? (
        <p className={styles.hint}>
          {isChair ? t('room:polls.chairDoesNotVote') : t('room:polls.notOnRoll')}
        </p>
      ) : standing === 'other_voted' ? (
        <p className={styles.hint}>{t('room:polls.placeVoted')}</p>
      ) : hasBox(poll) && me !== null ? (
        <BoxBallot
          {...{ poll, me, isOffline, refusal }}
          sessionId={props.sessionId}
          clockOffsetMs={props.clockOffsetMs}
        />
      ) : (
        <Ballot draft={poll.draft} {...{ standing, paper, letter, isOffline, refusal, onCast }} />
      )}
      <ResultSoFar poll={poll} />
    </>
  );
}
