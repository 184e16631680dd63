import type { RoomEvent } from '../events.ts';
import { isForChair, type ClosedPoll } from '../polls/poll.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { chair, guardAct, guardNotClosed, type Who } from './guards.ts';
import type { Room } from './state.ts';

/** The first look of whoever holds the chair at who chose what is told to all; another tells nothing new [B65]. */
export function readChoices(
  room: Room,
  who: Who,
  { pollId }: CommandOf<'readChoices'>,
): Result<readonly RoomEvent[], Refusal> {
  const poll = guardChoices(room, who, pollId);
  if (!poll.ok) return poll;
  const isKnown = who.kind === 'participant' && Object.hasOwn(poll.value.choicesRead ?? {}, who.id);
  return ok(isKnown ? [] : [{ type: 'poll:choicesRead', pollId }]);
}

/**
 * A closed poll whose choices this person may look at now: they hold the chair, and the record is not made. Its kept ballots are what
 * they are given, once the look is in the log [B65].
 */
export function guardChoices(
  room: Room,
  who: Who,
  pollId: string,
): Result<Pick<ClosedPoll, 'kept' | 'choicesRead' | 'draft'>, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'poll:choices');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, 'readChoices');
  if (!inState.ok) return inState;
  // Of two hosts one has the chair.
  if (who.kind !== 'participant' || chair(room) !== who.id)
    return refuse('ROLE_MAY_NOT', { act: 'poll:choices' });
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (!isForChair(poll.draft)) return refuse('POLL_NOT_FOR_CHAIR');
  return poll.phase === 'closed' ? ok(poll) : refuse('POLL_STILL_OPEN');
}
