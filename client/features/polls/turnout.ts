import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Role } from '../../../core/domain/people.ts';
import { guardSitting } from '../../../core/domain/polls/days.ts';
import { casterAt, placeOf, type AtPoll } from '../../../core/domain/polls/places.ts';
import { hasBox, isSecretPoll, type Poll } from '../../../core/domain/polls/poll.ts';
import { shareOf, turnoutOfAll } from '../../../core/domain/polls/reading.ts';
import { canBeDone } from '../../../core/domain/room/course.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { isCastHere } from '../../room/box/cast-marks.ts';

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

/** What one person can do with a poll now. */
export type Standing =
  | 'not_on_roll'
  | 'to_vote'
  | 'may_change'
  | 'voted'
  /** Whoever had their place before, or has it again, voted from it [B48]. */
  | 'other_voted';
/** Of those who have a paper of their own before them. */
export type Voting = Exclude<Standing, 'not_on_roll' | 'other_voted'>;

export function standingOf(poll: OpenPoll, me: AtPoll | null): Standing {
  // Nobody casts a paper here where hands are counted.
  if (isByHand(poll.draft)) return 'not_on_roll';
  const place = me === null ? null : placeOf(poll, me);
  if (me === null || place === null) return 'not_on_roll';
  // Of a box the room does not know who has voted; this device knows of its own.
  if (hasBox(poll)) return isCastHere(poll.draft.id, me.id) ? 'voted' : 'to_vote';
  const caster = casterAt(poll, place);
  if (caster === null) return 'to_vote';
  if (caster !== me.id) return 'other_voted';
  return isSecretPoll(poll) ? 'voted' : 'may_change';
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
export function waitingFor(
  room: Pick<Room, 'polls' | 'state' | 'participants'>,
  me: ParticipantId | null,
): OpenPoll | null {
  if (me === null || !canBeDone(room.state, 'poll:vote')) return null;
  const seat = room.participants[me] ?? { id: me };
  for (const poll of room.polls) {
    if (poll.phase !== 'open' || standingOf(poll, seat) !== 'to_vote') continue;
    if (guardSitting(room, poll.draft, 'vote').ok) return poll;
  }
  return null;
}
