import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { may } from '../people.ts';
import type { PollDraft } from '../polls/draft.ts';
import { itemsOf } from '../polls/ask.ts';
import type { OpenPoll, Poll } from '../polls/poll.ts';
import { canBe, isByHand, isSameCount } from '../polls/totals.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { chair, guardLiveAct, type Who } from './guards.ts';
import { attendanceOf } from './roll.ts';
import { seatOf, type Room } from './state.ts';

type Decided = Result<readonly RoomEvent[], Refusal>;

/** 监票人: two people of the session who may vote, neither of whom holds the chair or stands for anything [B45]. */
export function guardTellers(room: Room, { ask, rules }: PollDraft): Result<null, Refusal> {
  const named = ask.kind === 'election' ? ask.others : [];
  const stands = new Set([...itemsOf(ask), ...named].map(({ text }) => text));
  for (const id of rules.tellers) {
    const seat = seatOf(room, id);
    if (seat === undefined) return refuse('TELLER_UNKNOWN');
    if (!may(seat.role, 'poll:vote')) return refuse('TELLER_MAY_NOT');
    if (chair(room) === id) return refuse('TELLER_HOLDS_CHAIR');
    if (seat.name !== '' && stands.has(seat.name)) return refuse('TELLER_IS_CANDIDATE');
  }
  return ok(null);
}

/** The open poll whose hands or papers this person counts, while they have not agreed yet [B45]. */
export function guardTotals(
  room: Room,
  who: Who,
  pollId: string,
): Result<{ readonly poll: OpenPoll; readonly id: ParticipantId }, Refusal> {
  const seat = guardLiveAct(room, who, 'poll:vote');
  if (!seat.ok) return seat;
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  const { id } = seat.value;
  if (!isTeller(poll, id)) return refuse('NOT_TELLER');
  if (poll.phase === 'prepared') return refuse('POLL_NOT_OPEN');
  if (poll.phase === 'closed') return refuse('POLL_CLOSED');
  return poll.totals?.agreed === undefined ? ok({ poll, id }) : refuse('TOTALS_AGREED');
}

/** Whether this person counts the hands or papers of a poll. */
export function isTeller({ draft }: Pick<Poll, 'draft'>, id: string | null): boolean {
  return isByHand(draft) && draft.rules.tellers.some((teller) => teller === id);
}

/**
 * One teller enters what they counted, and neither reads the other's. Once both have: equal, it is the count; not equal, both
 * are told that, and count again [B45].
 */
export function enterTotals(room: Room, who: Who, { pollId, totals }: CommandOf<'enterTotals'>): Decided {
  const asked = guardTotals(room, who, pollId);
  if (!asked.ok) return asked;
  const { poll, id } = asked.value;
  const most = poll.electorate.length;
  if (totals.issued > most) return refuse('TOTALS_ISSUED', { max: most });
  if (!canBe(poll.draft.ask, totals)) return refuse('TOTALS_MISFIT');
  const entered = { type: 'totals:entered', pollId, totals } as const;
  const other = poll.draft.rules.tellers.find((teller) => teller !== id);
  const theirs = other === undefined ? undefined : poll.totals?.entered[other];
  if (theirs === undefined || theirs === null) return ok([entered]);
  const compared = isSameCount(theirs, totals)
    ? ({ type: 'totals:agreed', pollId, totals } as const)
    : ({ type: 'totals:differed', pollId } as const);
  return ok([entered, compared]);
}

/**
 * Whether a poll can close as far as its tellers are asked: what hands or papers are counted is there only once both say the
 * same [B45]. Where one of them can no longer count, it is made void as any other, for a reason and by two people [B49].
 */
export function guardCounted({ draft, totals }: Pick<OpenPoll, 'draft' | 'totals'>): Result<null, Refusal> {
  return isByHand(draft) && totals?.agreed === undefined ? refuse('TOTALS_MISSING') : ok(null);
}

/**
 * Whether a teller is one no more and the poll cannot be counted: gone, on leave, of a role that does not vote, or in the chair
 * since [B49].
 */
export function hasLostTeller(room: Room, poll: Pick<OpenPoll, 'draft' | 'totals'>): boolean {
  return !guardCounted(poll).ok && poll.draft.rules.tellers.some((id) => !canCount(room, id));
}

function canCount(room: Room, id: ParticipantId): boolean {
  const seat = seatOf(room, id);
  if (seat === undefined || !may(seat.role, 'poll:vote') || chair(room) === id) return false;
  return attendanceOf(seat) !== 'excused';
}
