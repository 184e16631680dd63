import { oncePer } from '../../../core/domain/once-per.ts';
import { ROLES, type Role } from '../../../core/domain/people.ts';
import { countRoll, type RollCounts } from '../../../core/domain/room/roll.ts';
import { seatsOf, type Room, type Seat } from '../../../core/domain/room/state.ts';
import type { Venue } from '../../../core/domain/sessions.ts';

export type RoleMuster = { readonly role: Role; readonly seats: readonly Seat[] };
export type VenueMuster = RollCounts & {
  readonly venue: Venue;
  readonly roles: readonly RoleMuster[];
};

/** Who is in the session, by venue and role, in the order of the plan and of the table of roles. */
export function musterOf(room: Pick<Room, 'participants' | 'plan'>): VenueMuster[] {
  const seats = Object.values(seatsOf(room));
  return (room.plan?.venues ?? []).map((venue) => {
    const here = seats.filter((seat) => seat.venueId === venue.id);
    const roles = ROLES.map((role) => ({ role, seats: here.filter((seat) => seat.role === role) }));
    return { venue, ...countRoll(here), roles: roles.filter((group) => group.seats.length > 0) };
  });
}

/** 应到, 实到 and 请假 of the whole session. */
export function wholeRoll(room: Pick<Room, 'participants'>): RollCounts {
  return counted(seatsOf(room));
}

const counted = oncePer((seats: ReturnType<typeof seatsOf>) => countRoll(Object.values(seats)));
