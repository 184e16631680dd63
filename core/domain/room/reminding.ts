import type { ParticipantId, PollId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { may } from '../people.ts';
import { isOverDays } from '../polls/days.ts';
import { casterAt, placeOf } from '../polls/places.ts';
import { hasBox } from '../polls/poll.ts';
import { answerOf, isAsked } from './answers.ts';
import { chair, guardBallot } from './guards.ts';
import { guardVoice } from './keeping-order.ts';
import { seatOf, type Room } from './state.ts';

/** 请回执 请发表会前意见: what somebody on the roll is reminded of on their home page [I5]. */
export const REMINDERS = ['answer', 'post'] as const;
export type Reminder = (typeof REMINDERS)[number];

/** So long before it is too late people are reminded. */
const AHEAD_MS = 24 * 3_600_000;

/**
 * What somebody has not done yet and has a day or less for: answering an invitation before the meeting begins, posting
 * a view while views are collected. at: now. Nobody is reminded of what they may not do, or of what they have left to others.
 */
export function remindersOf(room: Room, id: ParticipantId, at: string): readonly Reminder[] {
  const seat = seatOf(room, id);
  if (seat === undefined || (room.state !== 'collecting' && room.state !== 'scheduled')) return [];
  const answer = answerOf(seat);
  const isSilent = isAsked(room, seat) && answer === 'silent' && isNear(room.plan?.startsAt, at);
  const isAway = answer === 'leave' || answer === 'deputy';
  const posts =
    room.state === 'collecting' &&
    !isAway &&
    chair(room) !== id &&
    may(seat.role, 'view:endorse') &&
    guardVoice(room, { kind: 'participant', id }).ok &&
    isNear(room.note?.until ?? undefined, at) &&
    !hasPosted(room, id);
  return [...(isSilent ? (['answer'] as const) : []), ...(posts ? (['post'] as const) : [])];
}

function isNear(until: string | undefined, at: string): boolean {
  if (until === undefined) return false;
  const leftMs = Date.parse(until) - Date.parse(at);
  return leftMs > 0 && leftMs <= AHEAD_MS;
}

/** A poll that waits for somebody's vote: what it asks, and until when. */
export type OwnVote = { readonly pollId: PollId; readonly question: string; readonly endsAt: string };

/** A box that somebody can take a token out of for a place on its roll: their own, or whose deputy they are. */
export type OwnBox = { readonly pollId: PollId; readonly place: ParticipantId };

/** Open polls over days whose papers go into a box, with the place that somebody votes from. One that is ending gives no token. */
export function boxesOf(room: Room, id: ParticipantId): readonly OwnBox[] {
  const seat = seatOf(room, id);
  if (seat === undefined) return [];
  return room.polls.flatMap((poll): OwnBox[] => {
    if (poll.phase !== 'open' || !isOverDays(poll.draft) || !hasBox(poll) || poll.isEnding === true)
      return [];
    const place = placeOf(poll, seat);
    return place === null ? [] : [{ pollId: poll.draft.id, place }];
  });
}

/**
 * The polls over days in which somebody can vote and has not, the one that ends first at the head [B29]. at: now. Of a box nobody knows who
 * has cast a paper into it: whoever took no token has surely not. untaken: boxes for which that is so.
 */
export function votesOf(
  room: Room,
  id: ParticipantId,
  at: string,
  untaken: ReadonlySet<PollId> = new Set(),
): readonly OwnVote[] {
  return room.polls
    .flatMap((poll): OwnVote[] => {
      if (poll.phase !== 'open' || poll.endsAt === null || !isOverDays(poll.draft)) return [];
      const seat = seatOf(room, id);
      const place = seat === undefined ? null : placeOf(poll, seat);
      if (place === null || casterAt(poll, place) !== null) return [];
      const { id: pollId, question } = poll.draft;
      if (hasBox(poll) && !untaken.has(pollId)) return [];
      const can = guardBallot(room, { kind: 'participant', id }, pollId, at).ok;
      return can ? [{ pollId, question, endsAt: poll.endsAt }] : [];
    })
    .sort((a, b) => a.endsAt.localeCompare(b.endsAt))
    .slice(0, LIMITS.remindedVotes);
}

/** A view that waits for a moderator, or was refused, was posted as well. */
function hasPosted({ views, moderation }: Room, id: ParticipantId): boolean {
  const kept = moderation?.secrets?.cases ?? [];
  return views.some(({ by }) => by === id) || kept.some(({ view }) => view.by === id);
}
