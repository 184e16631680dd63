import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { meanOf, scoreShare, shareOf } from '../../../core/domain/polls/tally.ts';
import type { Room } from '../../../core/domain/room/state.ts';

export type OpenPoll = Extract<Poll, { phase: 'open' }>;
export type ClosedPoll = Extract<Poll, { phase: 'closed' }>;

export type Turnout = {
  readonly eligible: number;
  readonly cast: number;
  /** Between 0 and 1. */
  readonly share: number;
};

/** How many of the roll have voted; nothing of what they chose. */
export function turnoutOf(poll: OpenPoll | ClosedPoll): Turnout {
  const eligible = poll.phase === 'open' ? poll.electorate.length : poll.result.eligible;
  const cast = poll.phase === 'open' ? Object.keys(poll.ballots).length : poll.result.cast;
  return { eligible, cast, share: shareOf(cast, eligible) };
}

export type OptionResult = {
  readonly id: string;
  readonly text: string;
  readonly count: number;
  /** Share of the ballots cast, between 0 and 1; for a rating, how far up the scale the mean lies. */
  readonly share: number;
  /** Mean score; null unless the poll is a rating that somebody scored. */
  readonly mean: number | null;
  readonly leads: boolean;
};

/** Each option of a closed poll with what its bar shows. */
export function optionResults(poll: ClosedPoll): OptionResult[] {
  const { result, draft } = poll;
  const rows = draft.options.map(({ id, text }) => {
    const count = result.counts[id] ?? 0;
    const mean = meanOf(result, id);
    const share = draft.scale === null ? shareOf(count, result.cast) : scoreShare(draft.scale, mean);
    return { id, text, count, share, mean };
  });
  const weight = (row: (typeof rows)[number]) => (draft.scale === null ? row.count : (row.mean ?? 0));
  const best = Math.max(0, ...rows.map(weight));
  return rows.map((row) => ({ ...row, leads: best > 0 && weight(row) === best }));
}

/** What one person can do with a poll now. */
export type Standing = 'not_on_roll' | 'to_vote' | 'may_change' | 'voted';

export function standingOf(poll: OpenPoll, me: ParticipantId | null): Standing {
  if (me === null || !poll.electorate.some((voter) => voter.id === me)) return 'not_on_roll';
  if (!Object.hasOwn(poll.ballots, me)) return 'to_vote';
  return poll.draft.secrecy === 'named' ? 'may_change' : 'voted';
}

/** Polls in the order in which a person needs them: open, then newest result, then those to come. */
export function inOrderOfNeed(polls: readonly Poll[]): Poll[] {
  const rank = { open: 0, closed: 1, prepared: 2 } as const;
  return polls
    .map((poll, index) => ({ poll, index }))
    .sort((a, b) => {
      const byPhase = rank[a.poll.phase] - rank[b.poll.phase];
      if (byPhase !== 0) return byPhase;
      return a.poll.phase === 'prepared' ? a.index - b.index : b.index - a.index;
    })
    .map(({ poll }) => poll);
}

/** The first open poll that still waits for a person's vote. */
export function waitingFor(room: Pick<Room, 'polls' | 'state'>, me: ParticipantId | null): OpenPoll | null {
  if (room.state !== 'in_session') return null;
  for (const poll of room.polls) if (poll.phase === 'open' && standingOf(poll, me) === 'to_vote') return poll;
  return null;
}
