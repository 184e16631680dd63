import fc from 'fast-check';
import { NAME_PURPOSES } from '../domain/names.ts';
import type { Command } from '../domain/room/commands.ts';
import { CAST, participantId } from './builders.ts';

/** How people are shown, and looks at what they are really called. */
export const naming: fc.Arbitrary<Command> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Command>({ type: 'hideNames' }) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        n: fc.nat({ max: CAST.length + 2 }),
        purpose: fc.constantFrom(...NAME_PURPOSES),
        isOffice: fc.boolean(),
      })
      .map(({ n, purpose, isOffice }): Command => ({
        type: 'lookAtName',
        participantId: participantId(n),
        purpose,
        looker: isOffice ? '值班员' : '',
      })),
  },
);
