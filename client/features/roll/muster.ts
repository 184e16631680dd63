import { ROLES, type Role } from '../../../core/domain/people.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import type { Venue } from '../../../core/domain/sessions.ts';

export type RoleMuster = { readonly role: Role; readonly seats: readonly Seat[] };
export type VenueMuster = {
  readonly venue: Venue;
  readonly expected: number;
  readonly present: number;
  readonly roles: readonly RoleMuster[];
};

/** Who is in the session, by venue and role, in the order of the plan and of the table of roles. */
export function musterOf(room: Pick<Room, 'participants' | 'plan'>): VenueMuster[] {
  const seats = seated(room);
  return (room.plan?.venues ?? []).map((venue) => {
    const here = seats.filter((seat) => seat.venueId === venue.id);
    const roles = ROLES.map((role) => ({ role, seats: here.filter((seat) => seat.role === role) }));
    return {
      venue,
      expected: here.length,
      present: here.filter(hasEntered).length,
      roles: roles.filter((group) => group.seats.length > 0),
    };
  });
}

/** 应到 and 实到 of the whole session. */
export function attendanceOf(room: Pick<Room, 'participants'>): { expected: number; present: number } {
  const seats = seated(room);
  return { expected: seats.length, present: seats.filter(hasEntered).length };
}

function seated(room: Pick<Room, 'participants'>): Seat[] {
  return Object.values(room.participants).filter((seat) => seat.removedAt === null);
}

function hasEntered(seat: Seat): boolean {
  return seat.enteredAt !== null;
}
