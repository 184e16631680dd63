import { canonical } from '../canonical.ts';
import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { may } from '../people.ts';
import type { About, PollDraft } from '../polls/draft.ts';
import type { Poll } from '../polls/poll.ts';
import { askedAs, looserIn, looserThanAny, otherInRerun } from '../polls/stricter.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import type { Facts } from './facts.ts';
import { seatOf, type Room } from './state.ts';
import { guardTellers } from './voting-tellers.ts';

type Decided = Result<readonly RoomEvent[], Refusal>;

/** Prepares a poll, or one that is held again in the place of one that was void [B43]. */
export function preparePoll(room: Room, { poll }: CommandOf<'preparePoll'>, { at }: Facts): Decided {
  const inTime = guardEnd(poll, at);
  if (!inTime.ok) return inTime;
  // Under the id of one that was dropped, what people were told of it would come back looser [B40].
  const isTaken = room.polls.some(({ draft }) => draft.id === poll.id);
  if (isTaken || room.droppedPolls?.includes(poll.id) === true) return refuse('ID_TAKEN');
  if (room.polls.length >= LIMITS.pollsPerSession) return refuse('SESSION_FULL');
  if (poll.rerunOf !== undefined) {
    const fits = guardRerun(room, poll.rerunOf);
    if (!fits.ok) return fits;
    const same = guardSameAsVoid(fits.value, poll);
    if (!same.ok) return same;
  }
  const strict = guardAsked(room, poll);
  if (!strict.ok) return strict;
  const named = poll.rerunOf === undefined ? guardNamed(room, poll) : ok(null);
  if (!named.ok) return named;
  // One that is held again asks about what the other did, whatever became of it.
  const about = poll.rerunOf === undefined ? guardAbout(room, poll) : ok(null);
  if (!about.ok) return about;
  const tellers = guardTellers(room, poll);
  return tellers.ok ? ok([{ type: 'poll:prepared', poll }]) : tellers;
}

/** An end that has passed is one that nobody can vote before [B9]. */
function guardEnd({ rules: { time } }: PollDraft, at: string | undefined): Result<null, Refusal> {
  const isPassed = time.endsAt !== null && at !== undefined && time.endsAt <= at;
  return isPassed ? refuse('POLL_END_PASSED') : ok(null);
}

/** The poll that can be held again: it was void, and nobody holds it again already [B43]. */
export function guardRerun(room: Pick<Room, 'polls'>, pollId: string): Result<Poll, Refusal> {
  const old = room.polls.find(({ draft }) => draft.id === pollId);
  if (old === undefined) return refuse('POLL_UNKNOWN');
  if (old.phase !== 'closed' || old.voided === undefined) return refuse('POLL_NOT_VOID');
  const again = room.polls.some((poll) => poll.draft.rerunOf === pollId);
  return again ? refuse('POLL_HELD_AGAIN') : ok(old);
}

/** Changes a prepared poll, whole. Who knows and when it is read only become stricter [B40]. */
export function revisePoll(room: Room, { poll }: CommandOf<'revisePoll'>, { at }: Facts): Decided {
  const inTime = guardEnd(poll, at);
  if (!inTime.ok) return inTime;
  const known = guardPrepared(room, poll.id);
  if (!known.ok) return known;
  const { draft } = known.value;
  const looser = looserIn(draft.rules, poll.rules);
  if (looser !== null) return refuse('POLL_LOOSER', { field: looser });
  const strict = guardAsked(room, poll);
  if (!strict.ok) return strict;
  // What it is held in the place of is no question of its wording.
  if (draft.rerunOf !== poll.rerunOf) return refuse('POLL_RERUN_OTHER', { field: 'rerunOf' });
  const old = room.polls.find((other) => other.draft.id === poll.rerunOf);
  if (old !== undefined) {
    const same = guardSameAsVoid(old, poll);
    if (!same.ok) return same;
  }
  const named = old === undefined ? guardNamed(room, poll) : ok(null);
  if (!named.ok) return named;
  const about = canonical(draft.about) === canonical(poll.about) ? ok(null) : guardAbout(room, poll);
  if (!about.ok) return about;
  const tellers = guardTellers(room, poll);
  return tellers.ok ? ok([{ type: 'poll:revised', poll }]) : tellers;
}

/** What a poll is about is there: a view that can be read, a task, an item of the agenda. What the text has is its own to know. */
function guardAbout(room: Room, { about }: PollDraft): Result<null, Refusal> {
  return about === null || isThere(room, about) ? ok(null) : refuse('POLL_ABOUT_UNKNOWN', { field: 'about' });
}

function isThere(room: Room, about: About): boolean {
  switch (about.what) {
    case 'view': {
      const view = viewIn(room, about.viewId);
      if (view === undefined) return mayHaveView(room, about.viewId);
      return view.withdrawnAt === undefined && view.hidden === undefined;
    }
    case 'task':
      return room.tasks.some(({ id }) => id === about.taskId);
    case 'item':
      return room.agenda.some(({ id }) => id === about.itemId);
    case 'paragraph':
      return true;
  }
}

/** What was dropped, or made void, is not asked again more loosely under another id [B40]. */
function guardAsked({ polls, droppedAs = [] }: Room, draft: PollDraft): Result<null, Refusal> {
  const voided = polls.flatMap((poll) => {
    const isVoid = poll.phase === 'closed' && poll.voided !== undefined && poll.draft.id !== draft.id;
    return isVoid ? [askedAs(poll.draft)] : [];
  });
  const looser = looserThanAny([...droppedAs, ...voided], draft);
  return looser === null ? ok(null) : refuse('POLL_LOOSER_AGAIN', { field: looser });
}

/** Whoever is named as a voter is in the session, and votes by their role [B1]. */
function guardNamed(room: Room, { rules: { eligible } }: PollDraft): Result<null, Refusal> {
  const isVoter = (id: ParticipantId) => {
    const seat = seatOf(room, id);
    return seat !== undefined && may(seat.role, 'poll:vote');
  };
  const isWhole = eligible.people === null || eligible.people.every(isVoter);
  return isWhole ? ok(null) : refuse('VOTER_UNKNOWN', { field: 'people' });
}

/** Drops a prepared poll [B41]. */
export function dropPoll(room: Room, { pollId }: CommandOf<'dropPoll'>): Decided {
  const known = guardPrepared(room, pollId);
  if (!known.ok) return known;
  if ((room.droppedPolls?.length ?? 0) >= LIMITS.droppedPolls) return refuse('SESSION_FULL');
  return ok([{ type: 'poll:dropped', pollId, asked: askedAs(known.value.draft) }]);
}

function guardPrepared(room: Pick<Room, 'polls'>, pollId: string): Result<Poll, Refusal> {
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  return poll.phase === 'prepared' ? ok(poll) : refuse('POLL_ALREADY_OPENED');
}

function guardSameAsVoid({ draft }: Poll, again: PollDraft): Result<null, Refusal> {
  const other = otherInRerun(draft, again);
  if (other === null) return ok(null);
  if (other === 'secrecy' || other === 'shown') return refuse('POLL_LOOSER', { field: other });
  return refuse('POLL_RERUN_OTHER', { field: other });
}
