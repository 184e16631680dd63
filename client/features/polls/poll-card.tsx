import type { Paper } from '../../../core/domain/polls/kinds.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { useText } from '../../lib/i18n.ts';
import type { Letter } from '../../lib/letters.ts';
import { Ballot } from './ballot.tsx';
import { PollControl } from './poll-control.tsx';
import { PollResult } from './poll-result.tsx';
import { PollRules } from './poll-rules.tsx';
import styles from './polls.module.css';
import { Turnout } from './turnout-bar.tsx';
import { standingOf, type OpenPoll } from './turnout.ts';

export interface PollCardProps {
  readonly poll: Poll;
  readonly me: ParticipantId | null;
  readonly isChair: boolean;
  readonly mayManage: boolean;
  readonly mayOpen: boolean;
  /** How many would be on the roll if a prepared poll opened now. */
  readonly electorate: (poll: Poll) => number;
  readonly paper: Paper | null;
  /** The letter that carries my ballot, if there is one. */
  readonly letter: Letter | null;
  readonly isOffline: boolean;
  readonly refusal: Refusal | null;
  readonly nameOf: (id: string) => string;
  readonly onCast: (paper: Paper) => void;
  readonly onOpen: () => Promise<void>;
  readonly onClose: () => Promise<void>;
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
          <span className={styles.secrecy}>{t(`words:secrecy.${draft.secrecy}`)}</span>
          <span>{t(`words:poll.${draft.kind}`)}</span>
        </p>
        <h3 dir="auto">{draft.question}</h3>
      </header>
      {phase === 'prepared' ? <Preview poll={poll} /> : null}
      {phase === 'open' ? <OpenPart {...props} poll={poll} /> : null}
      {phase === 'closed' ? <PollResult poll={poll} nameOf={nameOf} /> : null}
      {mayManage && phase !== 'closed' ? (
        <PollControl
          poll={poll}
          electorate={props.electorate(poll)}
          mayOpen={props.mayOpen}
          onOpen={props.onOpen}
          onClose={props.onClose}
        />
      ) : null}
    </article>
  );
}

function Preview({ poll }: Pick<PollCardProps, 'poll'>) {
  return (
    <>
      <ul className={styles.preview}>
        {poll.draft.options.map((option) => (
          <li key={option.id} dir="auto">
            {option.text}
          </li>
        ))}
      </ul>
      <PollRules poll={poll} />
    </>
  );
}

function OpenPart(props: PollCardProps & { readonly poll: OpenPoll }) {
  const { poll, me, isChair, mayManage, paper, letter, isOffline, refusal, onCast } = props;
  const t = useText();
  const standing = standingOf(poll, me);
  return (
    <>
      <PollRules poll={poll} />
      {mayManage ? <Turnout poll={poll} /> : null}
      {standing === 'not_on_roll' ? (
        <p className={styles.hint}>
          {isChair ? t('room:polls.chairDoesNotVote') : t('room:polls.notOnRoll')}
        </p>
      ) : (
        <Ballot draft={poll.draft} {...{ standing, paper, letter, isOffline, refusal, onCast }} />
      )}
    </>
  );
}
