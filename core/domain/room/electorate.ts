import type { ParticipantId } from '../ids.ts';
import type { PollRules } from '../polls/rules.ts';
import { placeOf } from '../polls/places.ts';
import type { OpenPoll } from '../polls/poll.ts';
import { dueIn, type ChamberRoll, type Voter } from '../polls/voters.ts';
import { chair } from './guards.ts';
import { attendanceOf } from './roll.ts';
import { seatsOf, type Room, type Seat } from './state.ts';

type Asked = Pick<PollRules, 'eligible'>;

/**
 * The roll of voters when a poll opens: everybody whom its rules mean but whoever holds the chair, and whoever is stood
 * for by a deputy [B1] [B14].
 */
export function votersOf(room: Room, { eligible }: Asked): Voter[] {
  return meantIn(room, eligible)
    .filter((seat) => isThereAsAsked(seat, eligible.presence))
    .map(voter);
}

/**
 * 应到 and 实到 of each chamber as a poll opens: everybody whom its rules mean, there or not, but whoever holds the chair. Who
 * they are is frozen with it [B70].
 */
export function rollOf(
  room: Room,
  { eligible, chambers }: Asked & Pick<PollRules, 'chambers'>,
): ChamberRoll[] {
  const meant = meantIn(room, eligible);
  return chambers.map(({ id, roles }) => {
    const due = meant.filter(({ role }) => roles.includes(role));
    return {
      id,
      due: due.length,
      present: due.filter((seat) => attendanceOf(seat) === 'present').length,
      voteless: due.filter((seat) => !isThereAsAsked(seat, eligible.presence)).map(voter),
    };
  });
}

/** Who of those who were due as a poll opened is present now, in their own seat or by whoever stands for them [B70] [B48]. */
export function presentOf(room: Room, poll: Pick<OpenPoll, 'draft' | 'electorate' | 'roll'>): Set<string> {
  const due = { electorate: poll.draft.rules.chambers.flatMap((chamber) => dueIn(poll, chamber)) };
  return new Set(
    Object.values(seatsOf(room)).flatMap((seat) => {
      const place = attendanceOf(seat) === 'present' ? placeOf(due, seat) : null;
      return place === null ? [] : [place];
    }),
  );
}

function voter(seat: Seat): Voter {
  const isHere = attendanceOf(seat) === 'present' ? { isHere: true as const } : {};
  return { id: seat.id, role: seat.role, ...isHere };
}

/** Seats that the rules mean, whoever is there: without the chair, and without whoever a deputy stands for. */
function meantIn(room: Room, { roles, affiliations, people, withoutGuests }: PollRules['eligible']): Seat[] {
  const held = chair(room);
  return Object.values(seatsOf(room)).filter(
    (seat) =>
      seat.id !== held &&
      attendanceOf(seat) !== 'replaced' &&
      roles.includes(seat.role) &&
      (affiliations.length === 0 || affiliations.includes(seat.affiliation)) &&
      (people === null || isListed(room, seat, people)) &&
      !(withoutGuests && seat.isGuest),
  );
}

/**
 * Whether a list means a seat. It names places: a deputy who came since has that of whom they stand for, and whoever is back
 * has the one in which their deputy was named [B48].
 */
function isListed({ participants }: Room, { id, deputyOf }: Seat, people: readonly ParticipantId[]): boolean {
  if (people.includes(id) || (deputyOf !== undefined && people.includes(deputyOf))) return true;
  return people.some((one) => participants[one]?.deputyOf === id);
}

function isThereAsAsked(seat: Seat, presence: PollRules['eligible']['presence']): boolean {
  const isPresent = attendanceOf(seat) === 'present';
  if (presence === 'checked_in') return isPresent && seat.checkedIn !== undefined;
  return presence === 'any' || isPresent;
}
