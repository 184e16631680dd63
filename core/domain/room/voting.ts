import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { electorateOf } from '../polls/poll.ts';
import type { Paper } from '../polls/kinds.ts';
import { tally, type NamedBallot } from '../polls/tally.ts';
import { judgePaper } from '../polls/validity.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import type { Facts } from './facts.ts';
import { chair, guardAct, guardBallot, guardNotClosed, type Who } from './guards.ts';
import { seatsOf, type Room } from './state.ts';

type PollCommand = CommandOf<'preparePoll' | 'openPoll' | 'castBallot' | 'closePoll'>;

/** Rules of indicative polls [B1]–[B7]. */
export function decidePolls(
  room: Room,
  who: Who,
  command: PollCommand,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  if (command.type === 'castBallot') return castBallot(room, who, command);
  const allowed = guardAct(room, who, 'poll:manage');
  if (!allowed.ok) return allowed;
  switch (command.type) {
    case 'preparePoll': {
      if (room.polls.some((poll) => poll.draft.id === command.poll.id)) return refuse('ID_TAKEN');
      if (room.polls.length >= LIMITS.pollsPerSession) return refuse('SESSION_FULL');
      return ok([{ type: 'poll:prepared', poll: command.poll }]);
    }
    case 'openPoll':
      return openPoll(room, command);
    case 'closePoll':
      return closePoll(room, command, facts);
    default:
      return unreachable(command);
  }
}

function openPoll(room: Room, { pollId }: CommandOf<'openPoll'>): Result<readonly RoomEvent[], Refusal> {
  const inState = guardState(room, 'openPoll');
  if (!inState.ok) return inState;
  const poll = room.polls.find((candidate) => candidate.draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase !== 'prepared') return refuse('POLL_ALREADY_OPENED');
  const electorate = electorateOf(poll.draft.eligibleRoles, seatsOf(room), chair(room));
  if (electorate.length === 0) return refuse('NOBODY_ELIGIBLE');
  return ok([{ type: 'poll:opened', pollId, electorate }]);
}

function castBallot(
  room: Room,
  who: Who,
  { pollId, paper }: CommandOf<'castBallot'>,
): Result<readonly RoomEvent[], Refusal> {
  const poll = guardBallot(room, who, pollId);
  if (!poll.ok) return poll;
  const judged = judgePaper(poll.value.draft, paper);
  if (!judged.ok) return judged;
  // The event of a secret ballot says only that one was cast; the engine keeps the paper apart [B5].
  const shown = poll.value.draft.secrecy === 'secret' ? null : judged.value;
  return ok([{ type: 'ballot:cast', pollId, paper: shown }]);
}

function closePoll(
  room: Room,
  { pollId }: CommandOf<'closePoll'>,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const inState = guardState(room, 'closePoll');
  if (!inState.ok) return inState;
  const poll = room.polls.find((candidate) => candidate.draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase === 'prepared') return refuse('POLL_NOT_OPEN');
  if (poll.phase === 'closed') return refuse('POLL_CLOSED');
  const named = poll.draft.secrecy === 'named' ? namedBallots(poll.ballots) : null;
  const papers: readonly Paper[] = named?.map((ballot) => ballot.paper) ?? facts.papers ?? [];
  const result = tally({
    poll: poll.draft,
    electorate: poll.electorate,
    voted: new Set(Object.keys(poll.ballots)),
    papers,
    namedBallots: named,
  });
  return ok([
    { type: 'poll:closed', pollId, result, ballots: named, papers: named === null ? [...papers] : [] },
  ]);
}

function namedBallots(ballots: Readonly<Record<string, Paper | null>>): NamedBallot[] {
  return Object.entries(ballots).flatMap(([by, paper]) =>
    paper === null ? [] : [{ by: by as NamedBallot['by'], paper }],
  );
}
