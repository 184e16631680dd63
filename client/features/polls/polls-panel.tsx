import { useState } from 'react';
import { guardSitting } from '../../../core/domain/polls/days.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { PollId } from '../../../core/domain/ids.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { guardState } from '../../../core/domain/room/course.ts';
import { votersOf } from '../../../core/domain/room/electorate.ts';
import { guardAct, guardBallot, chair, type Who } from '../../../core/domain/room/guards.ts';
import { seatOf, type Room } from '../../../core/domain/room/state.ts';
import { guardClose } from '../../../core/domain/room/voting.ts';
import { useText } from '../../lib/i18n.ts';
import type { Letter } from '../../lib/letters.ts';
import { aboutSaid, topicsIn } from '../../room/polls/about-words.ts';
import { useRoomState, useRoomStore, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/states.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { ChairChoices } from './chair-choices.tsx';
import { PollLife } from './poll-life.tsx';
import { countableIn } from './countable.ts';
import { CountedPoll } from './counted-poll.tsx';
import { PollCard } from './poll-card.tsx';
import styles from './polls.module.css';
import { inOrderOfNeed } from './turnout.ts';
import { part } from '../../ui/part.tsx';

const PollFormFields = part(async () => (await import('./poll-form-fields.tsx')).PollFormFields, {
  of: 'desk',
  waiting: 'lines',
});

export interface PollsPanelProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

/** What the card says in words of its own. */
const VOTED: readonly Refusal['reason'][] = ['BALLOT_ALREADY_CAST', 'BALLOT_OF_PLACE'];

/** Whether the host can close the poll now. */
function canClose(poll: Poll): boolean {
  return poll.phase === 'open' && guardClose(poll).ok;
}

/** All polls of the session: the open one first. */
export function PollsPanel({ room, who, nameOf }: PollsPanelProps) {
  const t = useText();
  const send = useSend();
  const store = useRoomStore();
  const clockOffsetMs = useRoomState((state) => state.clockOffsetMs);
  const papers = useRoomState((state) => state.papers);
  const letters = useRoomState((state) => state.letters);
  const isOffline = useRoomState((state) => state.connection === 'offline');
  const [isPreparing, setPreparing] = useState(false);
  const me = who.kind === 'participant' ? who.id : null;
  const mayManage = guardAct(room, who, 'poll:manage').ok && guardState(room, 'preparePoll').ok;
  const run = useTell();
  const letterOf = (pollId: PollId): Letter | null => {
    const own = letters.filter(({ door, params }) => door === 'castBallot' && params['pollId'] === pollId);
    return own[own.length - 1] ?? null;
  };
  const refusalOf = (poll: Poll) => {
    const guarded = guardBallot(room, who, poll.draft.id);
    return guarded.ok || VOTED.includes(guarded.error.reason) ? null : guarded.error;
  };
  const visible = inOrderOfNeed(room.polls).filter((poll) => poll.phase !== 'prepared' || mayManage);
  return (
    <section className={styles.panel} aria-label={t('room:polls.heading')}>
      <h2>
        <VisuallyHidden>{t('room:polls.heading')}</VisuallyHidden>
      </h2>
      {mayManage ? (
        <div className={styles.acts}>
          <Button isSmall onClick={() => setPreparing(true)}>
            {t('room:pollForm.new')}
          </Button>
        </div>
      ) : null}
      {visible.length === 0 ? (
        <Empty title={t('room:polls.empty')}>
          <p>{t('room:polls.emptyHint')}</p>
        </Empty>
      ) : null}
      {visible.map((poll) => (
        <PollCard
          key={`${poll.draft.id} ${poll.phase}`}
          poll={poll}
          sessionId={store.sessionId}
          clockOffsetMs={clockOffsetMs}
          me={me}
          seat={me === null ? null : (seatOf(room, me) ?? null)}
          isChair={me !== null && chair(room) === me}
          mayManage={mayManage}
          mayOpen={guardState(room, 'openPoll').ok && guardSitting(room, poll.draft, 'vote').ok}
          mayClose={canClose(poll)}
          electorate={({ draft }) => votersOf(room, draft.rules).length}
          paper={papers[poll.draft.id] ?? null}
          letter={letterOf(poll.draft.id)}
          isOffline={isOffline}
          refusal={refusalOf(poll)}
          nameOf={nameOf}
          about={poll.draft.about === null ? '' : aboutSaid(t, room, poll.draft.about, nameOf)}
          counted={poll.phase === 'open' ? <CountedPoll {...{ room, who, poll, nameOf }} /> : null}
          life={
            <>
              <PollLife {...{ room, who, poll, nameOf, mayManage }} />
              <ChairChoices {...{ room, who, poll, nameOf }} />
            </>
          }
          // -- the letter shows how it fares; a refusal is told beside the ballot.
          onCast={(paper: Paper) =>
            void send('castBallot', { params: { pollId: poll.draft.id }, body: paper })
          }
          onOpen={() => run(send('openPoll', { params: { pollId: poll.draft.id } }))}
          onClose={(why) =>
            run(send('closePoll', { params: { pollId: poll.draft.id }, body: why === null ? {} : { why } }))
          }
          onPublish={() => run(send('publishPoll', { params: { pollId: poll.draft.id } }))}
        />
      ))}
      <Dialog
        isOpen={isPreparing}
        onClose={() => setPreparing(false)}
        title={t('room:pollForm.heading')}
        width="middle"
        closeLabel={t('room:pollForm.cancel')}
        asks="ifTyped"
      >
        <PollFormFields
          topics={topicsIn(t, room, null, nameOf)}
          votersOf={({ rules }) => votersOf(room, rules)}
          countable={countableIn(room, nameOf)}
          onSave={(poll) => run(send('preparePoll', { body: poll }))}
          onCancel={() => setPreparing(false)}
        />
      </Dialog>
    </section>
  );
}
