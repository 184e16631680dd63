import { isWaiting, type ClosedPoll, type OpenPoll, type Poll } from '../../../core/domain/polls/poll.ts';

/** What everybody is told of a poll in the stream, once each. */
export type PollMoment = 'opened' | 'closed' | 'published' | 'void';

/** That a poll opened, ended, was published or does not count, where it happened among what was said. */
export type PollRow = {
  readonly kind: 'poll';
  readonly id: string;
  /** Between what was said before and after it: no seq of the log. */
  readonly seq: number;
  readonly isAnswer: false;
  readonly moment: PollMoment;
  readonly at: string;
  readonly poll: OpenPoll | ClosedPoll;
};

type Moment = Pick<PollRow, 'moment' | 'at' | 'poll'>;
type Placed = { readonly seq: number; readonly at: string };

/**
 * Moments of polls among what was said, in order of seq. said: what is here, in order of seq; isAll: nothing earlier is left to
 * be loaded. What happened before the first of it waits until that is here.
 */
export function pollRows(
  polls: readonly Poll[],
  said: readonly Placed[],
  isAll: boolean,
): readonly PollRow[] {
  const moments = polls.flatMap(momentsOf).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let next = 0;
  return moments.flatMap((moment, n): PollRow[] => {
    while (next < said.length && (said[next]?.at ?? '') <= moment.at) next += 1;
    const before = said[next - 1]?.seq;
    if (before === undefined && !isAll) return [];
    const seq = (before ?? 0) + (n + 1) / (moments.length + 1);
    const id = `${moment.poll.draft.id}/${moment.moment}`;
    return [{ kind: 'poll', id, seq, isAnswer: false, ...moment }];
  });
}

/** One that is made void while it is open ends with that: it is told once. */
function momentsOf(poll: Poll): readonly Moment[] {
  if (poll.phase === 'prepared') return [];
  const opened: Moment = { moment: 'opened', at: poll.openedAt, poll };
  if (poll.phase === 'open') return [opened];
  const { voided, publishedAt, closedAt } = poll;
  const isVoidAtOnce = voided !== undefined && voided.confirmedAt <= closedAt;
  return [
    opened,
    ...(isVoidAtOnce ? [] : [{ moment: 'closed', at: closedAt, poll } as const]),
    ...(publishedAt === undefined ? [] : [{ moment: 'published', at: publishedAt, poll } as const]),
    ...(voided === undefined ? [] : [{ moment: 'void', at: voided.confirmedAt, poll } as const]),
  ];
}

/** The poll whose result the row tells: where it was told first; null where it tells none. */
export function resultIn({ moment, poll }: Pick<PollRow, 'moment' | 'poll'>): ClosedPoll | null {
  if (poll.phase !== 'closed' || poll.result === null || isWaiting(poll)) return null;
  return moment === (poll.publishedAt === undefined ? 'closed' : 'published') ? poll : null;
}
