import { randomBytes, randomUUID } from 'node:crypto';
import { PollId } from '../core/domain/ids.ts';
import { pollOf, type Knocking, type Scene } from './matrix-scene.ts';
import type { Stage } from './stage.ts';

type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Asked>;

/** What could be blinded: a number below every modulus. */
export const blindedBytes = (): string =>
  Buffer.concat([Buffer.alloc(1), randomBytes(383)]).toString('base64url');

/** A poll of everybody whose ballots go into a box. */
async function openBox(stage: Stage): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()), 'verifiable');
  await stage.does(stage.chair, { type: 'preparePoll', poll });
  await stage.does(stage.chair, { type: 'openPoll', pollId: poll.id });
  return poll.id;
}

/** The one box of the scene for this; for whoever may not, a poll that there is. */
async function boxFor({ stage, polls, pollId }: Scene, name: string, isLetIn: boolean): Promise<PollId> {
  if (!isLetIn) return pollId;
  const box = polls.get(name) ?? (await openBox(stage));
  if (name === 'closed box' && !polls.has(name))
    await stage.does(stage.chair, { type: 'closePoll', pollId: box });
  polls.set(name, box);
  return box;
}

/** A token for everybody who may vote, and a closed box for everybody who may read. */
export const BOX_REQUESTS: Readonly<Record<'takeToken' | 'getBox', Maker>> = {
  takeToken: async (scene, { caller }, isLetIn) => {
    const pollId = await boxFor(scene, 'open box', isLetIn);
    const voter = scene.stage.person(caller.kind === 'seat' ? caller.role : 'speaker').participantId;
    return { params: { sessionId: scene.stage.sessionId, pollId }, body: { blinded: blindedBytes(), voter } };
  },
  getBox: async (scene, _who, isLetIn) => {
    const pollId = await boxFor(scene, 'closed box', isLetIn);
    return { params: { sessionId: scene.stage.sessionId, pollId } };
  },
};
