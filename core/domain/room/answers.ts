import type { ParticipantId } from '../ids.ts';
import { may } from '../people.ts';
import { chair } from './guards.ts';
import { seatsOf, type Room, type Seat } from './state.ts';

/** 参加 请假 委派 未回执: what somebody answered to their invitation [I2]. */
export const ANSWERS = ['accepted', 'leave', 'deputy', 'silent'] as const;
export type Answer = (typeof ANSWERS)[number];

/** One's own answer, as the log has it. */
export function answerOf({ acceptedAt, leaveAt, deputy }: Seat): Answer {
  if (deputy !== undefined) return 'deputy';
  if (leaveAt !== undefined) return 'leave';
  return acceptedAt === undefined ? 'silent' : 'accepted';
}

/** Whether somebody is asked to answer: everybody with an account but those who run the session. */
export function isAsked(room: Room, { id, isGuest, role }: Seat): boolean {
  return !isGuest && chair(room) !== id && !may(role, 'session:run');
}

/** invited is the sum of all others. */
export type AnswerCounts = Readonly<Record<Answer | 'invited', number>>;

/** Counts each place once: a deputy answers for the place of whoever they stand for. */
export function countAnswers(room: Room): AnswerCounts {
  const seats: Readonly<Record<ParticipantId, Seat>> = seatsOf(room);
  const places = Object.values(seats).filter(
    (seat) => isAsked(room, seat) && (seat.deputyOf === undefined || seats[seat.deputyOf] === undefined),
  );
  const answers = places.map((seat) => {
    const deputy = seat.deputy === undefined ? undefined : seats[seat.deputy.id];
    return deputy !== undefined && answerOf(deputy) === 'leave' ? 'leave' : answerOf(seat);
  });
  const count = (wanted: Answer) => answers.filter((answer) => answer === wanted).length;
  return {
    invited: places.length,
    accepted: count('accepted'),
    leave: count('leave'),
    deputy: count('deputy'),
    silent: count('silent'),
  };
}
