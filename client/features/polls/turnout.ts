import type { Role } from '../../../core/domain/people.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { shareOf, turnoutOfAll } from '../../../core/domain/polls/reading.ts';

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
  const counted = poll.phase === 'closed' && poll.result !== null ? turnoutOfAll(poll.result) : null;
  const eligible = counted?.entitled ?? poll.electorate.length;
  const cast = counted?.cast ?? Object.keys(poll.phase === 'open' ? poll.ballots : {}).length;
  return { eligible, cast, share: shareOf(cast, eligible) };
}

export type RoleVoted = { readonly role: Role; readonly eligible: number; readonly cast: number };

/** The same of each role on the roll, in the order of the rules [B4]. */
export function rolesVoted({ draft, electorate, ballots }: OpenPoll): RoleVoted[] {
  return draft.rules.eligible.roles.flatMap((role) => {
    const voters = electorate.filter((voter) => voter.role === role);
    const cast = voters.filter(({ id }) => Object.hasOwn(ballots, id)).length;
    return voters.length === 0 ? [] : [{ role, eligible: voters.length, cast }];
  });
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
