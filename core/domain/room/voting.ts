import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { resultOf } from '../polls/closing.ts';
import { rootOf } from '../polls/box.ts';
import { guardSitting } from '../polls/days.ts';
import type { PollDraft } from '../polls/draft.ts';
import { isEarly } from '../polls/early.ts';
import { judgePaper } from '../polls/judging.ts';
import { placeOf } from '../polls/places.ts';
import {
  hasBox,
  isForChair,
  isReadAtOnce,
  isSecretPoll,
  isWaiting,
  type OpenPoll,
  type Poll,
} from '../polls/poll.ts';
import { sealOf } from '../polls/sealing.ts';
import { isExcess } from '../polls/totals.ts';
import { namedBallots } from '../polls/voters.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { presentOf, rollOf, votersOf } from './electorate.ts';
import type { Facts } from './facts.ts';
import { guardAct, guardBallot, guardNotClosed, type Who } from './guards.ts';
import { seatOf, type Room } from './state.ts';
import { readChoices } from './voting-choices.ts';
import { dropPoll, preparePoll, revisePoll } from './voting-drafts.ts';
import { enterTotals, guardCounted, guardTellers } from './voting-tellers.ts';
import { settleTie } from './voting-ties.ts';
import { decideVoid } from './voting-voids.ts';

type PollCommand = CommandOf<
  | 'preparePoll'
  | 'revisePoll'
  | 'dropPoll'
  | 'openPoll'
  | 'extendPoll'
  | 'castBallot'
  | 'closePoll'
  | 'publishPoll'
  | 'endOverduePoll'
  | 'proposeVoid'
  | 'declineVoid'
  | 'confirmVoid'
  | 'enterTotals'
  | 'settleTie'
  | 'readChoices'
>;
const DAY_MS = 86_400_000;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of indicative polls [B1]–[B24]. */
export function decidePolls(room: Room, who: Who, command: PollCommand, facts: Facts): Decided {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  if (command.type === 'readChoices') return readChoices(room, who, command);
  if (command.type === 'enterTotals') return enterTotals(room, who, command);
  if (command.type === 'castBallot') return castBallot(room, who, command, facts);
  if (command.type === 'endOverduePoll') return endOverduePoll(room, who, command, facts);
  if (command.type === 'proposeVoid' || command.type === 'declineVoid' || command.type === 'confirmVoid')
    return decideVoid(room, who, command, { facts, close: (poll) => closed(room, poll, facts)[0] });
  const allowed = guardAct(room, who, 'poll:manage');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, command.type);
  if (!inState.ok) return inState;
  switch (command.type) {
    case 'preparePoll':
      return preparePoll(room, command, facts);
    case 'revisePoll':
      return revisePoll(room, command, facts);
    case 'dropPoll':
      return dropPoll(room, command);
    case 'settleTie':
      return settleTie(room, command);
    case 'extendPoll':
      return extendPoll(room, command, facts);
    case 'openPoll':
      return openPoll(room, command, facts);
    case 'closePoll':
      return closePoll(room, command, facts);
    case 'publishPoll':
      return publishPoll(room, command);
    default:
      return unreachable(command);
  }
}

function openPoll(room: Room, { pollId }: CommandOf<'openPoll'>, { at, key }: Facts): Decided {
  const poll = pollIn(room, pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase !== 'prepared') return refuse('POLL_ALREADY_OPENED');
  const { draft } = poll;
  const sits = guardSitting(room, draft, 'vote');
  if (!sits.ok) return sits;
  const tellers = guardTellers(room, draft);
  if (!tellers.ok) return tellers;
  const electorate = votersOf(room, draft.rules);
  if (electorate.length === 0) return refuse('NOBODY_ELIGIBLE');
  const endsAt = endOf(draft, at);
  if (endsAt !== null && at !== undefined) {
    if (endsAt <= at) return refuse('POLL_END_PASSED');
    // Also where it is put off, as its rules say that it can be.
    const inTime = guardLast(at, putOff(endsAt, draft.rules.time.extensionSeconds ?? 0));
    if (!inTime.ok) return inTime;
  }
  // Whoever asks waits for a key to be made: nothing opens without one.
  if (hasBox(poll) && key === undefined) return refuse('BOX_NOT_READY');
  const box = hasBox(poll) && key !== undefined ? { key } : {};
  const roll = rollOf(room, draft.rules);
  const seal = sealOf(draft, electorate, roll, box.key);
  return ok([{ type: 'poll:opened', pollId, electorate, seal, roll, endsAt, ...box }]);
}

/** A poll ends within so many days of its opening, whenever it was put off [B27]. */
function guardLast(openedAt: string, endsAt: string): Result<string, Refusal> {
  const isLate = Date.parse(endsAt) - Date.parse(openedAt) > LIMITS.pollDays * DAY_MS;
  return isLate ? refuse('POLL_END_TOO_LATE', { days: LIMITS.pollDays }) : ok(endsAt);
}

function putOff(endsAt: string, seconds: number): string {
  return new Date(Date.parse(endsAt) + seconds * 1_000).toISOString();
}

function endOf({ rules: { time } }: PollDraft, at: string | undefined): string | null {
  if (time.seconds === null || at === undefined) return time.endsAt;
  return new Date(Date.parse(at) + time.seconds * 1_000).toISOString();
}

/** The end is put off once, by as much as was said before the opening, while one can still vote [B44]. */
export function guardExtension(poll: Poll | undefined, at: string | undefined): Result<string, Refusal> {
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase === 'prepared') return refuse('POLL_NOT_OPEN');
  if (poll.phase === 'closed') return refuse('POLL_CLOSED');
  const { extensionSeconds } = poll.draft.rules.time;
  if (extensionSeconds === null || poll.endsAt === null) return refuse('POLL_NO_EXTENSION');
  if (poll.isEnding === true) return refuse('POLL_ENDING');
  if (poll.isExtended === true) return refuse('POLL_EXTENDED');
  if (at !== undefined && at >= poll.endsAt) return refuse('POLL_CLOSED');
  return guardLast(poll.openedAt, putOff(poll.endsAt, extensionSeconds));
}

function extendPoll(room: Room, { pollId }: CommandOf<'extendPoll'>, { at }: Facts): Decided {
  const poll = pollIn(room, pollId);
  const endsAt = guardExtension(poll, at);
  if (!endsAt.ok || poll === undefined) return endsAt.ok ? refuse('POLL_UNKNOWN') : endsAt;
  const sits = guardSitting(room, poll.draft, 'close');
  return sits.ok ? ok([{ type: 'poll:extended', pollId, endsAt: endsAt.value }]) : sits;
}

function castBallot(
  room: Room,
  who: Who,
  { pollId, paper }: CommandOf<'castBallot'>,
  { at }: Facts,
): Decided {
  const poll = guardBallot(room, who, pollId, at);
  if (!poll.ok) return poll;
  if (hasBox(poll.value)) return refuse('BALLOT_BY_BOX');
  const judged = judgePaper(poll.value.draft, paper);
  if (!judged.ok) return judged;
  // The event of a secret ballot says only that one was cast; the engine keeps the paper apart [B5].
  const shown = isSecretPoll(poll.value) ? null : judged.value;
  const isOpen = isReadAtOnce(poll.value.draft);
  const seat = who.kind === 'participant' ? seatOf(room, who.id) : undefined;
  const place = seat === undefined ? null : placeOf(poll.value, seat);
  const inPlaceOf = place === null || place === seat?.id ? {} : { inPlaceOf: place };
  return ok([{ type: 'ballot:cast', pollId, paper: shown, ...(isOpen ? { isOpen } : {}), ...inPlaceOf }]);
}

function closePoll(room: Room, { pollId, why }: CommandOf<'closePoll'>, facts: Facts): Decided {
  const poll = pollIn(room, pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase === 'prepared') return refuse('POLL_NOT_OPEN');
  if (poll.phase === 'closed') return refuse('POLL_CLOSED');
  const sits = guardSitting(room, poll.draft, 'close');
  if (!sits.ok) return sits;
  const ready = guardClose(poll);
  if (!ready.ok) return ready;
  if (isEarly(poll, facts.at) && why === undefined) return refuse('POLL_EARLY');
  const told = isEarly(poll, facts.at) && why !== undefined ? { why } : {};
  const endsAt = endingAt(poll, facts);
  if (endsAt !== null) return ok([{ type: 'poll:ending', pollId, endsAt, ...told }]);
  const [first, ...rest] = closed(room, poll, facts);
  return ok([{ ...first, ...told }, ...rest]);
}

/** Whether the host can end a poll now: hands are counted by both tellers, and it is ended once [B45] [B35]. */
export function guardClose(poll: OpenPoll): Result<null, Refusal> {
  return poll.isEnding === true ? refuse('POLL_ENDING') : guardCounted(poll);
}

/**
 * Until when ballots are waited for that may be on their way; null where nobody has a token that was not cast. An end that was
 * said before stays [B35].
 */
function endingAt(poll: OpenPoll, { at, box, endingMs = 0 }: Facts): string | null {
  if (!hasBox(poll) || at === undefined || endingMs === 0) return null;
  if (box !== undefined && box.cast >= box.issued) return null;
  const end = new Date(Date.parse(at) + endingMs).toISOString();
  const endsAt = poll.endsAt !== null && poll.endsAt < end ? poll.endsAt : end;
  return endsAt <= at ? null : endsAt;
}

/** Only the clock asks for this, and only the log's own clock says whether it is time [B16]. */
function endOverduePoll(room: Room, who: Who, command: CommandOf<'endOverduePoll'>, facts: Facts): Decided {
  if (who.kind !== 'clock') return refuse('ROLE_MAY_NOT', { act: 'poll:manage' });
  const poll = pollIn(room, command.pollId);
  if (poll?.phase !== 'open') return refuse('POLL_CLOSED');
  const sits = guardSitting(room, poll.draft, 'close');
  if (!sits.ok) return sits;
  return facts.at !== undefined && isPollDue(poll, facts.at, facts.box?.cast)
    ? ok(closed(room, poll, facts))
    : refuse('POLL_NOT_OVERDUE');
}

/**
 * Whether the clock closes a poll: its time is over, or everybody has voted where that closes it [B16]. inBox: ballots in its
 * box, where it has one, which nobody reads from the room.
 */
export function isPollDue(poll: OpenPoll, at: string, inBox = 0): boolean {
  if (poll.endsAt !== null && at >= poll.endsAt) return true;
  const { closesWhenAllVoted } = poll.draft.rules.time;
  if (hasBox(poll)) return closesWhenAllVoted && inBox >= poll.electorate.length;
  return closesWhenAllVoted && poll.electorate.every(({ id }) => Object.hasOwn(poll.ballots, id));
}

type Closed = Extract<RoomEvent, { type: 'poll:closed' }>;

/** Of papers that came back in greater number than they were handed out nothing counts [B46]. */
function closed(room: Room, poll: OpenPoll, facts: Facts): readonly [Closed, ...RoomEvent[]] {
  const { draft } = poll;
  const isSecret = isSecretPoll(poll);
  const ballots = isSecret ? null : namedBallots(poll.ballots);
  const papers = isSecret ? (facts.papers ?? []) : [];
  const present = presentOf(room, poll);
  const agreed = poll.totals?.agreed;
  const spoilt: readonly RoomEvent[] =
    agreed !== undefined && isExcess(agreed)
      ? [{ type: 'poll:voided', pollId: draft.id, cause: 'excess' }]
      : [];
  const event: Closed = {
    type: 'poll:closed',
    pollId: draft.id,
    result: resultOf({
      poll,
      ballots,
      papers,
      isHere: (id) => present.has(id),
      ...(facts.box === undefined ? {} : { box: facts.box }),
    }),
    // Of a poll whose choices are the chair's alone nothing tells them [B65].
    ballots: isForChair(draft) ? null : ballots,
    papers: [...papers],
    ...boxTold(poll, facts),
    ...(draft.rules.shown === 'after_publish' ? { waits: true as const } : {}),
  };
  return [event, ...spoilt];
}

/** What is told of a box as it closes [B34]. */
function boxTold(poll: OpenPoll, { box }: Facts): Pick<Closed, 'box' | 'roster'> {
  if (!hasBox(poll)) return {};
  const { issued, cast, root, roster } = box ?? {
    issued: 0,
    cast: 0,
    root: rootOf(poll.draft.id, []),
    roster: [],
  };
  return { box: { issued, cast, root }, roster: [...roster] };
}

function publishPoll(room: Room, { pollId }: CommandOf<'publishPoll'>): Decided {
  const poll = pollIn(room, pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase !== 'closed') return refuse('POLL_STILL_OPEN');
  if (!isWaiting(poll) || poll.result === null) return refuse('POLL_PUBLISHED');
  const { result, ballots, papers, box } = poll;
  return ok([
    {
      type: 'poll:published',
      pollId,
      result,
      ballots: ballots === null ? null : [...ballots],
      papers: [...papers],
      ...(box === undefined ? {} : { roster: [...box.roster] }),
    },
  ]);
}

function pollIn(room: Room, pollId: string): Poll | undefined {
  return room.polls.find((candidate) => candidate.draft.id === pollId);
}
