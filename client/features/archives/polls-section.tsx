import type { ReactNode } from 'react';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { shareOf } from '../../../core/domain/polls/tally.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatPercent, formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { NamedBallots, OptionTable, RoleTable } from './poll-tables.tsx';
import styles from './polls.module.css';
import record from './record.module.css';
import { Section } from './section.tsx';

type ClosedPoll = Extract<Poll, { phase: 'closed' }>;

/** Indicative polls: eligible, cast, each option, by role; who chose what where the poll was named [B4]. */
export function PollsSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  return (
    <Section id="polls" empty={room.polls.length === 0 ? t('archive:polls.none') : null}>
      <p className={record.note}>{t('archive:polls.indicative')}</p>
      {room.polls.map((poll) => (
        <article key={poll.draft.id} className={styles.poll}>
          <h3 dir="auto">{poll.draft.question}</h3>
          <p className={styles.meta}>
            {t(`words:poll.${poll.draft.kind}`)} · {t(`words:secrecy.${poll.draft.secrecy}`)}
          </p>
          {poll.phase === 'closed' ? (
            <ClosedPollBlock room={room} poll={poll} />
          ) : (
            <p className={record.empty}>{t('archive:polls.neverHeld')}</p>
          )}
        </article>
      ))}
    </Section>
  );
}

function ClosedPollBlock({ room, poll }: { readonly room: Room; readonly poll: ClosedPoll }): ReactNode {
  const t = useText();
  const { eligible, cast } = poll.result;
  return (
    <>
      <p className={styles.meta}>
        <time dateTime={poll.openedAt}>{formatTime(poll.openedAt)}</time>–
        <time dateTime={poll.closedAt}>{formatTime(poll.closedAt)}</time>
        {' · '}
        {t('archive:polls.turnout', {
          eligible,
          cast,
          share: formatPercent(shareOf(cast, eligible)),
        })}
      </p>
      <OptionTable poll={poll} />
      <h4>{t('archive:polls.byRole')}</h4>
      <RoleTable poll={poll} />
      {poll.ballots === null ? (
        <p className={record.note}>{t('archive:polls.secret')}</p>
      ) : (
        <NamedBallots room={room} draft={poll.draft} ballots={poll.ballots} />
      )}
    </>
  );
}
