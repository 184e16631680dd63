import { itemsOf } from '../../../core/domain/polls/ask.ts';
import { hasBox, isForChair, isWaiting } from '../../../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../../../core/domain/polls/reading.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { Fragment, useState } from 'react';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import {
  Ballots,
  ByRole,
  Chamber,
  Checks,
  Exposed,
  Indicative,
  More,
  Notice,
  Stood,
} from '../../room/polls/result-parts.tsx';
import { EarlyNotice } from '../../room/polls/early-notice.tsx';
import { ChoicesRead } from '../../room/polls/choices-read.tsx';
import { SettledTies } from '../../room/polls/settled-ties.tsx';
import { VoidNotice } from '../../room/polls/void-notice.tsx';
import { chamberWord, voterSaid } from '../../room/polls/words.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { notify } from '../../ui/notices.tsx';
import styles from './polls.module.css';
import { openBox } from '../../room/box/box-line.ts';
import type { Whole } from '../../room/recount/recount.tsx';
import { RecountFold } from '../../room/recount/recount-fold.tsx';
import type { ClosedPoll } from './turnout.ts';

export interface PollResultProps {
  readonly poll: ClosedPoll;
  readonly nameOf: (id: string) => string;
  /** On a wall there is nothing to open. */
  readonly isWall?: boolean;
}

/** A closed poll: one sentence that a reader can hear, bars, and the same numbers as tables, chamber by chamber. */
export function PollResult({ poll, nameOf, isWall = false }: PollResultProps) {
  const t = useText();
  const { draft, result } = poll;
  const isVoid = poll.voided !== undefined;
  // A wall is everybody's, also where whoever holds the chair has signed in at it.
  if (result === null || (isWall && isWaiting(poll)))
    return (
      <div className={styles.result}>
        {isWall ? <OnWall poll={poll} nameOf={nameOf} /> : null}
        <Notice>{t('room:polls.waits')}</Notice>
        <Indicative draft={draft} />
      </div>
    );
  return (
    <div className={styles.result} data-void={isVoid}>
      {isWall ? <OnWall poll={poll} nameOf={nameOf} /> : null}
      {isWaiting(poll) ? <Notice>{t('room:polls.waitsForChair')}</Notice> : null}
      <div className={styles.chambers} data-chambers={result.chambers.length}>
        {result.chambers.map((chamber) => (
          <Chamber key={chamber.id} {...{ draft, result, chamber, isWall, isVoid }} />
        ))}
        {isWall && !hasRoomForRoles(poll) ? null : <ByRole draft={draft} result={result} />}
      </div>
      <SettledTies poll={poll} nameOf={nameOf} />
      {isWall ? null : (
        <>
          <Exposed {...{ draft, result }} />
          <More title={t('room:polls.numbers')}>
            {result.chambers.map((chamber) => (
              <Fragment key={chamber.id}>
                {result.chambers.length < 2 ? null : <h4>{chamberWord(t, draft.rules, chamber.id)}</h4>}
                <Checks {...{ draft, chamber }} />
              </Fragment>
            ))}
          </More>
          <Stood poll={poll} nameOf={nameOf} />
          <NamedBallots poll={poll} nameOf={nameOf} />
          <OwnRecount poll={poll} nameOf={nameOf} />
        </>
      )}
      <Indicative draft={draft} />
    </div>
  );
}

/** What the card of a poll says above its result. */
function OnWall(props: Pick<PollResultProps, 'poll' | 'nameOf'>) {
  return (
    <>
      <VoidNotice {...props} />
      <EarlyNotice {...props} />
    </>
  );
}

/** Options beside whose bars a wall still has room for the numbers of each role. */
const FEW = 6;

function hasRoomForRoles({ draft, result }: ClosedPoll): boolean {
  return result?.chambers.length === 1 && itemsOf(draft.ask).length <= FEW;
}

/** The way to count it again; of a poll of many its papers are fetched first [B26]. */
function OwnRecount({ poll, nameOf }: PollResultProps) {
  const t = useText();
  const store = useRoomStore();
  const { draft, isBrief } = poll;
  const whole = async (): Promise<Whole | null> => {
    try {
      const box = hasBox(poll) ? await openBox({ sessionId: store.sessionId, pollId: draft.id }) : undefined;
      if (isBrief !== true) return { poll, box };
      const error = await store.loadPoll(draft.id);
      if (error !== null) throw error;
      const loaded = store.state().room.polls.find((one) => one.draft.id === draft.id);
      return loaded?.phase === 'closed' ? { poll: loaded, box } : null;
    } catch (thrown) {
      const { reason, details } = asApiError(thrown);
      notify('bad', reasonText(t, reason, details));
      return null;
    }
  };
  return <RecountFold {...{ poll, whole, nameOf }} />;
}

/** Who chose what, to those who may read it; of a poll of many it is fetched when somebody wants to see it. */
function NamedBallots({ poll, nameOf }: PollResultProps) {
  const t = useText();
  const store = useRoomStore();
  const [isOpen, setOpen] = useState(false);
  const { draft, ballots, result } = poll;
  const cast = result === null ? 0 : turnoutOfAll(result).cast;
  if (ballots === null) return isForChair(draft) ? <ChoicesRead poll={poll} nameOf={nameOf} /> : null;
  if (cast === 0 || isByHand(draft)) return null;
  const open = async () => {
    setOpen(true);
    const error = poll.isBrief === true ? await store.loadPoll(draft.id) : null;
    if (error !== null) notify('bad', reasonText(t, error.reason, error.details));
  };
  return (
    <details
      className={styles.named}
      // -- open tells its own failure.
      onToggle={(event) => (event.currentTarget.open ? void open() : setOpen(false))}
    >
      <summary>{t('room:polls.showNamed', { count: cast })}</summary>
      {isOpen && poll.isBrief === true ? <p role="status">{t('room:polls.loadingNamed')}</p> : null}
      {isOpen && poll.isBrief !== true ? (
        <Ballots {...{ draft, ballots }} nameOf={(by) => voterSaid(t, poll, by, nameOf)} />
      ) : null}
    </details>
  );
}
