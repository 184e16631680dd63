import type { PollRules } from '../polls/rules.ts';
import type { ChamberRoll, Voter } from '../polls/voters.ts';
import { chair } from './guards.ts';
import { attendanceOf, countRoll } from './roll.ts';
import { seatsOf, type Room, type Seat } from './state.ts';

/**
 * The roll of voters when a poll opens: everybody whom its rules mean but whoever holds the chair, and whoever is stood
 * for by a deputy [B1] [B14].
 */
export function votersOf(room: Room, rules: Pick<PollRules, 'eligible'>): Voter[] {
  const held = chair(room);
  return Object.values(seatsOf(room))
    .filter((seat) => seat.id !== held && isMeant(seat, rules.eligible))
    .map((seat) => ({
      id: seat.id,
      role: seat.role,
      ...(attendanceOf(seat) === 'present' ? { isHere: true as const } : {}),
    }));
}

function isMeant(seat: Seat, eligible: PollRules['eligible']): boolean {
  const { roles, affiliations, people, presence, withoutGuests } = eligible;
  if (!roles.includes(seat.role)) return false;
  if (affiliations.length > 0 && !affiliations.includes(seat.affiliation)) return false;
  if (people !== null && !people.includes(seat.id)) return false;
  if (withoutGuests && seat.isGuest) return false;
  const attendance = attendanceOf(seat);
  if (attendance === 'replaced') return false;
  if (presence === 'checked_in') return attendance === 'present' && seat.checkedIn !== undefined;
  return presence === 'any' || attendance === 'present';
}

/** 应到 and 实到 of each chamber now: whoever holds the chair is on the roll and does not vote. */
export function rollOf(room: Room, { chambers }: Pick<PollRules, 'chambers'>): ChamberRoll[] {
  const held = chair(room);
  const seats = Object.values(seatsOf(room)).filter(({ id }) => id !== held);
  return chambers.map(({ id, roles }) => {
    const { expected, present } = countRoll(seats.filter(({ role }) => roles.includes(role)));
    return { id, due: expected, present };
  });
}
