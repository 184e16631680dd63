import type { RoomEvent } from '../../../core/domain/events.ts';
import { withoutAnswers } from '../../../core/domain/polls/beside.ts';
import type { ClosedPoll, Poll } from '../../../core/domain/polls/poll.ts';

const WITH_WHY = ['poll:voidProposed', 'poll:tieSettled', 'poll:ending'] as const;

/** What to leave out of a comparison, where the papers that a close or a publishing told are no longer in the log. */
export function erasedOfPolls(event: RoomEvent): string[] {
  if (event.type === 'poll:published') return [event.pollId];
  if (WITH_WHY.some((type) => type === event.type) && 'pollId' in event) return [whyOf(event.pollId)];
  if (event.type !== 'poll:closed') return [];
  const papers = event.waits === true ? waitingOf(event.pollId) : event.pollId;
  return event.why === undefined ? [papers] : [papers, whyOf(event.pollId)];
}

/** Polls without those papers. The numbers stay, but of a result that waited and was never published. */
export function quietPolls(polls: readonly Poll[], erased: ReadonlySet<string>): readonly Poll[] {
  return polls.map((whole) => {
    if (whole.phase !== 'closed') return whole;
    const poll = erased.has(whyOf(whole.draft.id)) ? withoutWhy(whole) : whole;
    const { id } = poll.draft;
    const isUntold = poll.publishedAt === undefined && erased.has(waitingOf(id));
    if (isUntold) return { ...poll, result: null, ballots: null, papers: [] };
    if (!erased.has(id)) return poll;
    const result = poll.result === null ? null : (withoutAnswers(poll.result) ?? poll.result);
    return { ...poll, result, ballots: null, papers: [] };
  });
}

/** Whoever ended it early, proposed that it does not count, or settled a draw, is named; in which words is not, where these were erased. */
function withoutWhy({ early, voiding, voided, settled, ...poll }: ClosedPoll): ClosedPoll {
  return {
    ...poll,
    ...(early === undefined ? {} : { early: { ...early, why: '' } }),
    ...(settled === undefined ? {} : { settled: settled.map((one) => ({ ...one, why: '' })) }),
    ...(voiding === undefined ? {} : { voiding: { ...voiding, why: '' } }),
    ...(voided === undefined ? {} : { voided: { ...voided, why: '' } }),
  };
}

function whyOf(pollId: string): string {
  return `${pollId} void`;
}

function waitingOf(pollId: string): string {
  return `${pollId} waits`;
}
