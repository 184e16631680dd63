import type { ReactNode } from 'react';
import type { SessionId } from '../../../core/domain/ids.ts';
import { hasBox, isSecretPoll, type ClosedPoll } from '../../../core/domain/polls/poll.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { formatTime } from '../../lib/format.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { currentText, useText } from '../../lib/i18n.ts';
import { kindSaid } from '../../lib/kind-said.ts';
import { nameOf } from '../../room/names.ts';
import {
  Ballots,
  ByRole,
  Chamber,
  Checks,
  Exposed,
  Indicative,
  Stood,
} from '../../room/polls/result-parts.tsx';
import { aboutSaid } from '../../room/polls/about-words.ts';
import { EarlyNotice } from '../../room/polls/early-notice.tsx';
import { ChoicesRead } from '../../room/polls/choices-read.tsx';
import { SettledTies } from '../../room/polls/settled-ties.tsx';
import { Tellers } from '../../room/polls/tellers.tsx';
import { voterSaid } from '../../room/polls/words.ts';
import { VoidNotice } from '../../room/polls/void-notice.tsx';
import { openBox } from '../../room/box/box-line.ts';
import type { Whole } from '../../room/recount/recount.tsx';
import { notify } from '../../ui/notices.tsx';
import { RecountFold } from '../../room/recount/recount-fold.tsx';
import { anchorOf, itemAnchor, pollAnchor, taskAnchor } from '../../lib/record-anchors.ts';
import { AdoptedIn } from './evidence-link.tsx';
import styles from './polls.module.css';
import record from './record.module.css';
import { Section } from './section.tsx';

interface PollsSectionProps {
  readonly room: Room;
  readonly sessionId: SessionId;
}

/** Indicative polls: rules, sentence, every number, by role; who chose what where the poll was named [B4]. */
export function PollsSection({ room, sessionId }: PollsSectionProps): ReactNode {
  const t = useText();
  return (
    <Section id="polls" empty={room.polls.length === 0 ? t('archive:polls.none') : null}>
      {room.polls.map((poll) => (
        <article
          key={poll.draft.id}
          id={pollAnchor(poll.draft.id)}
          className={styles.poll}
          aria-label={poll.draft.question}
        >
          <h3 dir="auto">{poll.draft.question}</h3>
          <About room={room} about={poll.draft.about} />
          <p className={styles.meta}>
            {kindSaid(t, poll.draft)}
            {isByHand(poll.draft) ? null : ` · ${t(`words:secrecy.${poll.draft.rules.secrecy}`)}`}
          </p>
          {poll.phase === 'closed' ? (
            <ClosedPollBlock {...{ room, poll, sessionId }} />
          ) : (
            <p className={record.empty}>{t('archive:polls.neverHeld')}</p>
          )}
          <AdoptedIn cited={{ kind: 'poll', id: poll.draft.id }} />
        </article>
      ))}
    </Section>
  );
}

/** What it is about, with the way to it in this record. */
function About({ room, about }: Pick<PollsSectionProps, 'room'> & { readonly about: PollDraft['about'] }) {
  const t = useText();
  if (about === null) return null;
  const said = aboutSaid(t, room, about, (id) => nameOf(t, room.participants, id));
  const anchor = aboutAnchor(room, about);
  return (
    <p className={styles.meta}>
      {t('room:polls.about.label')}
      {anchor === null ? (
        <span dir="auto">{said}</span>
      ) : (
        <a href={`#${anchor}`} dir="auto">
          {said}
        </a>
      )}
    </p>
  );
}

function aboutAnchor(room: Room, about: NonNullable<PollDraft['about']>): string | null {
  switch (about.what) {
    case 'view': {
      const view = room.views.find(({ id }) => id === about.viewId);
      return view === undefined ? null : anchorOf(view.seq);
    }
    case 'task':
      return taskAnchor(about.taskId);
    case 'item':
      return itemAnchor(about.itemId);
    case 'paragraph':
      return null;
  }
}

function ClosedPollBlock({
  room,
  poll,
  sessionId,
}: PollsSectionProps & { readonly poll: ClosedPoll }): ReactNode {
  const t = useText();
  const { draft, result, seal } = poll;
  return (
    <>
      <p className={styles.meta}>
        <time dateTime={poll.openedAt}>{formatTime(poll.openedAt)}</time>–
        <time dateTime={poll.closedAt}>{formatTime(poll.closedAt)}</time>
        {seal === '' ? null : (
          <>
            {' · '}
            {t('room:polls.seal')} <code className={styles.seal}>{seal}</code>
          </>
        )}
      </p>
      <VoidNotice poll={poll} nameOf={(by) => nameOf(t, room.participants, by)} state={room.state} />
      <EarlyNotice poll={poll} nameOf={(by) => nameOf(t, room.participants, by)} />
      {result === null ? (
        <p className={record.empty}>{t('archive:polls.neverPublished')}</p>
      ) : (
        <>
          {result.chambers.map((chamber) => (
            <div key={chamber.id} className={styles.chamber}>
              <Chamber {...{ draft, result, chamber }} isVoid={poll.voided !== undefined} />
              <Checks {...{ draft, chamber }} />
            </div>
          ))}
          <SettledTies poll={poll} nameOf={(by) => nameOf(t, room.participants, by)} />
          <ByRole {...{ draft, result }} />
          <Exposed {...{ draft, result }} />
          <Tellers draft={draft} nameOf={(by) => nameOf(t, room.participants, by)} />
          <Stood poll={poll} nameOf={(by) => nameOf(t, room.participants, by)} />
          <NamedBallots room={room} poll={poll} />
          <RecountFold
            poll={poll}
            whole={() => wholeOf(sessionId, poll)}
            nameOf={(by) => nameOf(t, room.participants, by)}
          />
        </>
      )}
      <Indicative draft={draft} />
    </>
  );
}

/** The poll with its box, where it had one; null, which is told, where that cannot be had. */
async function wholeOf(sessionId: SessionId, poll: ClosedPoll): Promise<Whole | null> {
  try {
    const box = hasBox(poll) ? await openBox({ sessionId, pollId: poll.draft.id }) : undefined;
    return { poll, box };
  } catch (thrown) {
    const { reason, details } = asApiError(thrown);
    notify('bad', reasonText(currentText(), reason, details));
    return null;
  }
}

/** Who chose what; why not, where a reader does not see it. */
function NamedBallots({ room, poll }: { readonly room: Room; readonly poll: ClosedPoll }): ReactNode {
  const t = useText();
  const { draft, ballots } = poll;
  if (isByHand(draft)) return null;
  if (isSecretPoll(poll)) return <p className={record.note}>{t('archive:polls.secret')}</p>;
  if (ballots === null) return <ChoicesRead poll={poll} nameOf={(by) => nameOf(t, room.participants, by)} />;
  return (
    <details className={styles.ballots}>
      <summary>{t('archive:polls.named', { count: ballots.length })}</summary>
      <Ballots
        {...{ draft, ballots }}
        nameOf={(by) => voterSaid(t, poll, by, (id) => nameOf(t, room.participants, id))}
      />
    </details>
  );
}
