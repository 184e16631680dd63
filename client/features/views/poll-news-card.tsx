import { memo } from 'react';
import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { formatTime, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { leadTo } from '../../room/leading.ts';
import { Indicative } from '../../room/polls/result-parts.tsx';
import { saySentence } from '../../room/polls/sentence-words.ts';
import { VoidNotice } from '../../room/polls/void-notice.tsx';
import { chamberWord } from '../../room/polls/words.ts';
import { resultIn, type PollRow } from './poll-news.ts';
import styles from './poll-news.module.css';

interface PollNewsCardProps {
  readonly row: PollRow;
  readonly nameOf: (id: string) => string;
  readonly position: number;
  readonly of: number;
}

/** That a poll opened, ended or does not count, among what was said: its sentence, and the way to all of it. */
export const PollNewsCard = memo(function PollNewsCard({ row, nameOf, position, of }: PollNewsCardProps) {
  const t = useText();
  const { moment, poll, at } = row;
  const told = resultIn(row);
  const { question, id } = poll.draft;
  return (
    <article
      className={styles.poll}
      data-poll-news={moment}
      aria-label={t(`room:views.poll.${moment}Of`, { question })}
      aria-posinset={position}
      aria-setsize={of}
      tabIndex={-1}
    >
      <p className={styles.pollHead}>
        <span className={styles.pollMoment}>{t(`room:views.poll.${moment}`)}</span>
        <button
          type="button"
          className={styles.pollLead}
          dir="auto"
          onClick={() => leadTo({ to: 'poll', id })}
        >
          {question}
        </button>
        <time className={styles.pollTime} dateTime={at} title={formatTimeExact(at)}>
          {formatTime(at)}
        </time>
      </p>
      {told === null ? null : <Sentences poll={told} />}
      {moment === 'void' ? <VoidNotice poll={poll} nameOf={nameOf} /> : null}
    </article>
  );
}, isSameNews);

function Sentences({ poll: { draft, result, voided } }: { readonly poll: ClosedPoll }) {
  const t = useText();
  const chambers = result?.chambers ?? [];
  return (
    <>
      {chambers.map((chamber) => (
        <p key={chamber.id} className={styles.pollSentence}>
          {chambers.length < 2 ? null : <b>{chamberWord(t, draft.rules, chamber.id)}：</b>}
          {saySentence(t, draft, chamber, voided !== undefined)}
        </p>
      ))}
      <Indicative draft={draft} />
    </>
  );
}

/** Somebody who votes in an open poll changes nothing that is told of it here. */
function isSameNews(before: PollNewsCardProps, after: PollNewsCardProps): boolean {
  const [one, other] = [before.row, after.row];
  return (
    one.id === other.id &&
    (one.poll === other.poll || (one.moment === 'opened' && one.poll.draft === other.poll.draft)) &&
    before.nameOf === after.nameOf &&
    before.position === after.position &&
    before.of === after.of
  );
}
