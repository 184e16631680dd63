import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import type { Who } from '../domain/room/guards.ts';
import { rolling } from './arbitrary-roll.ts';
import { as, CAST, participant, participantId, personId, view } from './builders.ts';

const knocking = fc.integer({ min: CAST.length + 4, max: CAST.length + 7 });
type Step = { readonly who: Who; readonly command: Command };

/** The lobby, and guests who knock at it. */
const lobby: fc.Arbitrary<Step> = fc.oneof(
  fc.boolean().map((isOn): Step => ({ who: as(0), command: { type: 'setLobby', isOn } })),
  knocking.map((n): Step => ({
    who: { kind: 'link', role: 'resident' },
    command: {
      type: 'addParticipant',
      participant: participant(n, 'resident', true),
      personId: personId(n),
    },
  })),
  knocking.map((n): Step => ({
    who: as(0),
    command: { type: 'admitWaiting', participantIds: [participantId(n)] },
  })),
  knocking.map((n): Step => ({
    who: as(0),
    command: { type: 'turnAway', participantId: participantId(n), why: '人满' },
  })),
);

/** What whoever waits might try. */
const trying: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>({ type: 'enterRoom' }, { type: 'requestFloor' }),
  fc.nat({ max: 30 }).map((n): Command => ({ type: 'postView', view: view(n) })),
);

/** Scripts around a lobby, by whoever looks after it and by guests who wait. */
export const arbitraryLobbyScript = fc.array(
  fc.oneof(
    lobby,
    fc
      .record({ n: fc.integer({ min: 0, max: CAST.length + 7 }), asked: fc.oneof(trying, rolling) })
      .map(({ n, asked }) => ({ who: as(n), command: asked })),
  ),
  { minLength: 20, maxLength: 60 },
);
