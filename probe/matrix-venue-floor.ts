import { snapshotRoutes } from '../core/contract/snapshot.ts';
import { LocalId } from '../core/domain/ids.ts';
import { handOf, type Knocking, type Scene } from './matrix-scene.ts';

type Stage = Scene['stage'];
type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };

const MAIN = LocalId.parse('main');

/** Nobody has the floor, and no venue waits for it. */
async function clear(stage: Stage): Promise<void> {
  const hand = handOf(stage);
  await stage.does(hand, { type: 'endFloor' }).catch(() => []);
  await stage.does(hand, { type: 'withdrawVenueFloor', venueId: MAIN }).catch(() => []);
}

const give = (stage: Stage) =>
  stage.does(handOf(stage), { type: 'giveVenueFloor', venueId: MAIN, overrides: ['order'] });

/** About the one venue of the stage, where everybody sits. */
function ofVenue(body: unknown, before?: (stage: Stage) => Promise<unknown>) {
  return async ({ stage }: Scene, _who: Knocking, isLetIn: boolean): Promise<Asked> => {
    if (isLetIn) {
      await clear(stage);
      await before?.(stage);
    }
    return { params: { sessionId: stage.sessionId, venueId: MAIN }, body };
  };
}

/** What is asked at the floor where a venue has it. */
export const VENUE_FLOOR_REQUESTS = {
  requestVenueFloor: ofVenue({}),
  withdrawVenueFloor: ofVenue({}, (stage) =>
    stage.does(handOf(stage), { type: 'requestVenueFloor', venueId: MAIN }),
  ),
  giveVenueFloor: ofVenue({ overrides: ['order'] }),
  nameVenueSpeaker: async ({ stage }: Scene, _who: Knocking, isLetIn: boolean): Promise<Asked> => {
    const params = { sessionId: stage.sessionId };
    const { participantId } = stage.person('speaker');
    if (!isLetIn) return { params, body: { turn: 0, participantId } };
    await clear(stage);
    await give(stage);
    const { room } = await handOf(stage).browser.call(snapshotRoutes.getSnapshot, { params });
    return { params, body: { turn: room.turns.length - 1, participantId } };
  },
};
