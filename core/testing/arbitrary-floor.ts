import fc from 'fast-check';
import { FLOOR_OVERRIDES } from '../domain/floor.ts';
import type { Command } from '../domain/room/commands.ts';
import { as, CAST, participantId } from './builders.ts';

const by = (n: number) => (command: Command) => ({ who: as(n), command });

/** The chair at the floor and at the order of the room, pressing everything there is, with those who ask and wait. */
export const arbitraryFloorScript = fc.array(
  fc.oneof(
    fc
      .nat({ max: CAST.length - 1 })
      .map((n): Command => {
        return { type: 'giveFloor', participantId: participantId(n), overrides: [...FLOOR_OVERRIDES] };
      })
      .map(by(0)),
    fc
      .constantFrom<Command>(
        { type: 'pauseFloor' },
        { type: 'resumeFloor' },
        { type: 'extendFloor', seconds: 60 },
        { type: 'endFloor' },
        { type: 'silenceAll' },
        { type: 'liftSilence' },
      )
      .map(by(0)),
    fc
      .constantFrom<Command>(
        { type: 'requestVenueFloor', venueId: 'v-main' },
        { type: 'withdrawVenueFloor', venueId: 'v-main' },
        { type: 'giveVenueFloor', venueId: 'v-main', overrides: ['order'] },
        { type: 'giveVenueFloor', venueId: 'v-mobile', overrides: ['order'] },
        { type: 'nameVenueSpeaker', turn: 0, participantId: participantId(3) },
        { type: 'nameVenueSpeaker', turn: 1, participantId: participantId(6) },
        { type: 'nameVenueSpeaker', turn: 1, participantId: null },
      )
      .map(by(0)),
    fc
      .record({
        n: fc.nat({ max: CAST.length - 1 }),
        command: fc.constantFrom<Command>({ type: 'requestFloor' }, { type: 'withdrawFloor' }),
      })
      .map(({ n, command }) => by(n)(command)),
  ),
  { minLength: 10, maxLength: 40 },
);
