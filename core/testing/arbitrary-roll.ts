import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import { CAST, participantId, personId } from './builders.ts';

const person = fc.nat({ max: CAST.length + 3 });
const venue = fc.constantFrom('v-main', 'v-mobile', 'v-ghost');

/** Calling the roll, sensibly or not. */
export const rolling: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ n: person, venue })
    .map(({ n, venue: venueId }): Command => ({ type: 'checkIn', participantId: participantId(n), venueId })),
  venue.map((venueId): Command => ({ type: 'checkInByCode', venueId })),
  fc
    // Few people, so that what was said of somebody is taken back.
    .record({
      n: fc.constantFrom(1, 3),
      type: fc.constantFrom('undoCheckIn', 'stateLeave', 'withdrawLeave', 'acceptInvitation'),
    })
    .map(({ n, type }): Command => ({ type, participantId: participantId(n) })),
  fc
    .constantFrom(1, 3)
    .map((n): Command => ({ type: 'stateLeave', participantId: participantId(n), why: '出差' })),
);

/** Somebody of the same unit is named for somebody; few, so that it is taken back. */
export const delegating: fc.Arbitrary<Command> = fc
  .record({ n: fc.constantFrom(1, 2, 5), by: fc.integer({ min: CAST.length, max: CAST.length + 3 }) })
  .map(({ n, by }): Command => ({
    type: 'nameDeputy',
    participantId: participantId(n),
    deputy: { id: participantId(by), name: `代 ${by}`, affiliation: '县直单位' },
    personId: personId(by),
  }));
