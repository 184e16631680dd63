import { randomUUID } from 'node:crypto';
import { PollId } from '../core/domain/ids.ts';
import { pollOf, preparedPoll, type Knocking, type Scene } from './matrix-scene.ts';

type Request = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Request>;

/** About a poll that is made for whoever is let in; for the others, the one that there is. */
function about(
  make: (scene: Scene, who: Knocking) => Promise<PollId>,
  body?: (id: PollId) => unknown,
): Maker {
  return async (scene, who, isLetIn) => {
    const pollId = isLetIn ? await make(scene, who) : scene.pollId;
    const params = { sessionId: scene.stage.sessionId, pollId };
    return { params, ...(body === undefined ? {} : { body: body(pollId) }) };
  };
}

async function heldPoll({ stage }: Scene): Promise<PollId> {
  const pollId = await preparedPoll(stage);
  await stage.does(stage.chair, { type: 'openPoll', pollId });
  await stage.does(stage.chair, { type: 'closePoll', pollId });
  return pollId;
}

/** A poll that somebody else than whoever knocks proposes to make void. */
async function proposed(scene: Scene, { caller }: Knocking): Promise<PollId> {
  const pollId = await heldPoll(scene);
  const { stage } = scene;
  const isHost = caller.kind === 'seat' && caller.role === 'host';
  const by = isHost ? stage.person('convener') : stage.chair;
  await stage.does(by, { type: 'proposeVoid', pollId, why: '检验' });
  return pollId;
}

async function endingPoll({ stage }: Scene): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()));
  const time = { seconds: 600, endsAt: null, closesWhenAllVoted: false, extensionSeconds: 60 };
  await stage.does(stage.chair, { type: 'preparePoll', poll: { ...poll, rules: { ...poll.rules, time } } });
  await stage.does(stage.chair, { type: 'openPoll', pollId: poll.id });
  return poll.id;
}

/** An open poll of hands, which whoever knocks counts with somebody else. */
async function countedPoll({ stage }: Scene, { caller }: Knocking): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()));
  const mine = caller.kind === 'seat' ? caller.role : 'member';
  const tellers = [stage.person(mine), stage.person(mine === 'expert' ? 'stakeholder' : 'expert')];
  const rules = { ...poll.rules, tellers: tellers.map(({ participantId }) => participantId) };
  await stage.does(stage.chair, { type: 'preparePoll', poll: { ...poll, ask: { kind: 'counted' }, rules } });
  await stage.does(stage.chair, { type: 'openPoll', pollId: poll.id });
  return poll.id;
}
/** A closed poll of hands in which as many are for as against, and the host has the word. */
async function tiedPoll({ stage }: Scene): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()));
  const tellers = [stage.person('expert'), stage.person('stakeholder')];
  const rules = {
    ...poll.rules,
    tellers: tellers.map(({ participantId }) => participantId),
    tie: 'host' as const,
    thresholds: [{ on: 'yes', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' } as const],
  };
  await stage.does(stage.chair, { type: 'preparePoll', poll: { ...poll, ask: { kind: 'counted' }, rules } });
  await stage.does(stage.chair, { type: 'openPoll', pollId: poll.id });
  for (const one of tellers)
    await stage.does(one, { type: 'enterTotals', pollId: poll.id, totals: { ...TOTALS, no: 1 } });
  await stage.does(stage.chair, { type: 'closePoll', pollId: poll.id });
  return poll.id;
}
const TOTALS = { issued: 2, yes: 1, no: 0, abstain: 0, blank: 0, invalid: 0 };

/** A closed poll whose choices are for whoever holds the chair. */
async function pollForChair({ stage }: Scene): Promise<PollId> {
  const poll = pollOf(PollId.parse(randomUUID()));
  const rules = { ...poll.rules, secrecy: 'host' as const };
  await stage.does(stage.chair, { type: 'preparePoll', poll: { ...poll, rules } });
  await stage.does(stage.chair, { type: 'openPoll', pollId: poll.id });
  await stage.does(stage.chair, { type: 'closePoll', pollId: poll.id });
  return poll.id;
}

/** What is sent through the doors that change a poll before it opens, put it off, or make it void. */
export const VOID_REQUESTS = {
  revisePoll: about(({ stage }) => preparedPoll(stage), pollOf),
  dropPoll: about(({ stage }) => preparedPoll(stage)),
  extendPoll: about(endingPoll),
  proposeVoid: about(heldPoll, () => ({ why: '检验' })),
  declineVoid: about(proposed),
  confirmVoid: about(proposed),
  enterTotals: about(countedPoll, () => TOTALS),
  readChoices: about(pollForChair),
  settleTie: about(tiedPoll, () => ({ chamberId: 'all', itemId: null, isFor: true, why: '检验' })),
};
