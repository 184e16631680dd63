import type { LocalId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { ROLES, type CheckInWay, type Role } from '../people.ts';
import { isBefore } from '../sessions.ts';
import type { Venue } from '../sessions.ts';
import { chair } from './guards.ts';
import { seatsOf, type Room, type Seat } from './state.ts';

/** 实到 请假 未到 已委派: how somebody on the roll stands [M1] [I3]. */
export type Attendance = 'present' | 'excused' | 'expected' | 'replaced';

/** 应到 实到 请假: whoever is on leave is expected as well. */
export type RollCounts = { readonly expected: number; readonly present: number; readonly excused: number };

/** Leave counts until it is taken back or somebody is checked in: looking into the room does not end it [M4]. */
export function attendanceOf({ leaveAt, checkedIn, deputy, ...seat }: Seat): Attendance {
  if (deputy !== undefined) return 'replaced';
  if (leaveAt !== undefined) return 'excused';
  return hasCome(seat) || checkedIn !== undefined ? 'present' : 'expected';
}

/** When somebody came, and how that is known, the first of it; null where they are not present. */
export type Arrival = { readonly at: string; readonly way: 'entered' | CheckInWay };

export function arrivalOf(seat: Seat): Arrival | null {
  if (attendanceOf(seat) !== 'present') return null;
  const { checkedIn, enteredAt } = seat;
  const entered = enteredAt !== null && hasCome(seat) ? { at: enteredAt, way: 'entered' as const } : null;
  if (checkedIn === undefined) return entered;
  const { at, way } = checkedIn;
  return entered !== null && entered.at <= at ? entered : { at, way };
}

/** Whether somebody came in to the meeting: reading and posting while views are collected is not that [M1]. */
export function hasCome({ enteredAt, isEarly }: Pick<Seat, 'enteredAt' | 'isEarly'>): boolean {
  return enteredAt !== null && isEarly === undefined;
}

/** Whether coming in now is news: the first time, and to the meeting for whoever was only here before it [M1]. */
export function mustEnter(
  room: Pick<Room, 'state' | 'plan'>,
  { enteredAt, isEarly }: Seat,
  at: string | undefined,
): boolean {
  return enteredAt === null || (isEarly === true && areDoorsOpen(room, at));
}

/**
 * Whether whoever comes in now comes to the meeting: it goes on, or people wait for it, which they do from some minutes
 * before its planned time on [M7]. A meeting without an hour, and a question without a moment, have their doors open.
 */
export function areDoorsOpen(room: Pick<Room, 'state' | 'plan'>, at: string | undefined): boolean {
  if (room.state !== 'scheduled') return !isBefore(room.state);
  const opens = doorsOpenAt(room);
  return opens === null || at === undefined || Date.parse(at) >= opens;
}

/** When the doors of a planned meeting open, in milliseconds; null where its plan names no hour. */
export function doorsOpenAt({ plan }: Pick<Room, 'plan'>): number | null {
  const startsAt = plan?.startsAt;
  return startsAt === undefined ? null : Date.parse(startsAt) - LIMITS.doorsOpenMinutes * 60_000;
}

export function countRoll(seats: readonly Seat[]): RollCounts {
  const count = (wanted: Attendance) => seats.filter((seat) => attendanceOf(seat) === wanted).length;
  // Whoever is stood for is not expected: their deputy is, on the same roll.
  const expected = seats.length - count('replaced');
  return { expected, present: count('present'), excused: count('excused') };
}

type Roll = Pick<Room, 'participants' | 'plan'>;

/** The roll of each venue of the plan, in its order. */
export function rollByVenue(room: Roll): readonly (RollCounts & { readonly venue: Venue })[] {
  const seats = Object.values(seatsOf(room));
  return (room.plan?.venues ?? []).map((venue) => ({
    venue,
    ...countRoll(seats.filter(({ venueId }) => venueId === venue.id)),
  }));
}

/** The roll of each role that somebody has, in the order of the table. */
export function rollByRole(
  room: Pick<Room, 'participants'>,
): readonly (RollCounts & { readonly role: Role })[] {
  const seats = Object.values(seatsOf(room));
  return ROLES.map((role) => ({ role, ...countRoll(seats.filter((seat) => seat.role === role)) })).filter(
    ({ expected }) => expected > 0,
  );
}

/** What it takes to open without a word of explanation [M5] [S10]. */
export type Quorum = {
  /** Whoever holds the chair has come in: they run the session from a screen [S4]. */
  readonly isChairPresent: boolean;
  /** Members who are present, beside whoever holds the chair. */
  readonly members: number;
  readonly isMet: boolean;
};

export function quorumOf(room: Room): Quorum {
  const seats = seatsOf(room);
  const held = chair(room);
  const isChairPresent = held !== null && isAtScreen(seats[held]);
  const members = Object.values(seats).filter(
    (seat) => seat.role === 'member' && seat.id !== held && attendanceOf(seat) === 'present',
  ).length;
  return { isChairPresent, members, isMet: isChairPresent && members > 0 };
}

/** Whether somebody is there with a screen: they came to the meeting, or were early and have been checked in since. */
export function isAtScreen(seat: Seat | undefined): boolean {
  if (seat === undefined || seat.enteredAt === null) return false;
  return hasCome(seat) || seat.checkedIn !== undefined;
}

/** Where somebody sits, as the plan calls it; null where it is not known. */
export function venueOf(room: Pick<Room, 'plan'>, venueId: LocalId): Venue | null {
  return room.plan?.venues.find(({ id }) => id === venueId) ?? null;
}
