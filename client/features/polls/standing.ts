import type { ParticipantId } from '../../../core/domain/ids.ts';
import { guardSitting } from '../../../core/domain/polls/days.ts';
import { casterAt, placeOf, type AtPoll } from '../../../core/domain/polls/places.ts';
import { hasBox, isSecretPoll } from '../../../core/domain/polls/poll.ts';
import { isByHand } from '../../../core/domain/polls/totals.ts';
import { canBeDone } from '../../../core/domain/room/course.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isCastHere } from '../../room/box/cast-marks.ts';
import type { OpenPoll } from './turnout.ts';

// Apart from turnout.ts: whether somebody still has to vote is told with the first picture of a room.

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
