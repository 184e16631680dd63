import { randomBytes } from 'node:crypto';
import { boxRoutes, tokenRoutes } from '../core/contract/box-doors.ts';
import { DOORS } from '../core/contract/limits.ts';
import { roomDoors } from '../core/contract/room.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import { blindFor } from '../server/testing/blind-voter.ts';
import { ask, inShort, type Answer } from './ask.ts';
import { malformedFor, WAYS, type Way } from './malformed-ballots.ts';
import { ballot, castIn, draftOf, opened, pollFor, rawBallot, tallied, votedIn } from './polling.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import type { World } from './world.ts';

const INVALID = 'INVALID each time, nobody has voted';
/** Bytes that are no JSON, or say what JSON cannot. */
const RAW = [
  '',
  '{',
  'NaN',
  '{"shape":"scores","scores":{"a":NaN}}',
  '{"shape":"mark","mark":"yes"',
  '\u0000',
];

/** Ballots that are none, of every kind: refused with a code, and neither counts nor turnout know of them. */
export async function malformed(world: World): Promise<void> {
  const cast = { host: 'host', one: 'member', two: 'expert' } as const;
  const stage = await makeStage(world, { title: 'T13', cast, opens: true, purpose: 't13' });
  await Promise.all(WAYS.map((way) => tryWay(world, stage, way)));
  await intoTheBox(world, stage);
}

async function tryWay(world: World, stage: Stage, way: Way): Promise<void> {
  const voter = await stage.guest('resident');
  const isCounted = way.paper === null;
  const tellers = isCounted ? ['one', 'two'].map((alias) => stage.person(alias).participantId) : [];
  const draft = await opened(stage, draftOf(way.ask, ['resident'], { tellers }));
  const bad = malformedFor(way);
  const answers = [
    ...(await Promise.all(bad.map((paper) => ballot(voter.browser, stage, draft.id, { paper })))),
    ...(await Promise.all(
      RAW.map((body, n) =>
        rawBallot(voter.browser, stage, draft.id, { body, key: `probe-t13-${draft.id}-${n}` }),
      ),
    )),
  ];
  const sent = `${answers.length} malformed ballots of ${way.name}`;
  world.book.same('T13', sent, INVALID, await judged(answers, { voter, stage, draft }));
  if (way.paper === null) await wrongTotals(world, stage, draft);
  else await counted(world, stage, { draft, voter, way });
}

type Tried = { readonly voter: Person; readonly stage: Stage; readonly draft: PollDraft };

async function judged(answers: readonly Answer[], { voter, stage, draft }: Tried): Promise<string> {
  const wrong = answers.filter(({ error }) => error?.code !== 'INVALID').map(inShort);
  const voted = votedIn(await pollFor(voter, stage, draft.id)).length;
  const codes = wrong.length === 0 ? 'INVALID each time' : tallied(wrong);
  return `${codes}, ${voted === 0 ? 'nobody has' : `${voted} have`} voted`;
}

type Good = { readonly draft: PollDraft; readonly voter: Person; readonly way: Way };

/** Whoever sent all of that can still vote, and theirs is the only paper. */
async function counted(world: World, stage: Stage, { draft, voter, way }: Good): Promise<void> {
  const good = inShort(await ballot(voter.browser, stage, draft.id, { paper: way.paper }));
  await stage.does(stage.chair, { type: 'closePoll', pollId: draft.id });
  const poll = await pollFor(voter, stage, draft.id);
  const came = `${good}, ${castIn(poll)} counted`;
  world.book.same('T13', `a good ballot of ${way.name} then, and the close`, '200, 1 counted', came);
}

const TOTALS = { issued: 1, yes: 1, no: 0, abstain: 0, blank: 0, invalid: 0 };

/** What tellers enter where nobody casts. */
async function wrongTotals(world: World, stage: Stage, { id: pollId }: PollDraft): Promise<void> {
  const { browser } = stage.person('one');
  const bad: readonly unknown[] = [
    {},
    [],
    null,
    { ...TOTALS, yes: -1 },
    { ...TOTALS, yes: 0.5 },
    { ...TOTALS, yes: '1' },
    { ...TOTALS, yes: 1e9 },
    { ...TOTALS, weight: 100 },
    [TOTALS],
  ];
  const params = { sessionId: stage.sessionId, pollId };
  const answers = await Promise.all(
    bad.map((body) => ask(browser, roomDoors.enterTotals.route, { params, body })),
  );
  const wrong = answers.filter(({ error }) => error?.code !== 'INVALID').map(inShort);
  const poll = await pollFor(stage.chair, stage, pollId);
  const entered = poll.phase === 'open' ? Object.keys(poll.totals?.entered ?? {}).length : 0;
  world.book.same(
    'T13',
    `${bad.length} malformed totals of a teller`,
    'INVALID each time, 0 entered',
    `${wrong.length === 0 ? 'INVALID each time' : tallied(wrong)}, ${entered} entered`,
  );
}

/** A box is brought ballots by anybody: with a token that it signed, and with such as it never did. */
async function intoTheBox(world: World, stage: Stage): Promise<void> {
  const voter = await stage.guest('resident');
  const way = WAYS.find(({ name }) => name === 'multiple');
  if (way?.paper === undefined || way.paper === null) throw new Error('there is nothing to ask');
  const draft = draftOf(way.ask, ['resident'], { secrecy: 'verifiable' });
  await stage.does(stage.chair, { type: 'preparePoll', poll: draft });
  const [open] = await stage.does(stage.chair, { type: 'openPoll', pollId: draft.id });
  const key = open?.event.type === 'poll:opened' ? open.event.key : undefined;
  if (key === undefined) throw new Error('the box did not open');
  const params = { sessionId: stage.sessionId, pollId: draft.id };
  const mine = blindFor(key);
  const { signature } = await voter.browser.call(tokenRoutes.takeToken, {
    params,
    body: { blinded: mine.blinded, voter: voter.participantId },
  });
  const good = mine.ballot(signature, way.paper);
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  const bad: readonly unknown[] = [
    ...malformedFor(way)
      .filter((paper) => JSON.stringify(paper).length < DOORS.ballotBytes / 2)
      .map((paper) => ({ ...good, paper })),
    {},
    [],
    null,
    'x',
    { paper: way.paper },
    { ...good, signature: random(384) },
    { ...good, msg: random(64) },
    { ...good, signature: '' },
    { ...good, msg: '' },
    { ...good, weight: 2 },
    { ...good, voter: voter.participantId },
    { ...good, signature: [good.signature] },
  ];
  const nobody = { url: voter.browser.url, headers: () => ({}) };
  const cast = async (body: unknown) => await ask(nobody, boxRoutes.castIntoBox, { params, body });
  const answers = await Promise.all(bad.map(cast));
  const wrong = answers.filter(({ error }) => error?.code !== 'INVALID').map(inShort);
  const right = 'INVALID each time';
  const came = wrong.length === 0 ? right : tallied(wrong);
  world.book.same('T13', `${bad.length} malformed ballots into a box, with a good token`, right, came);
  const taken = inShort(await cast(good));
  await stage.does(stage.chair, { type: 'closePoll', pollId: draft.id });
  const poll = await pollFor(voter, stage, draft.id);
  const counts = `${taken}, ${castIn(poll)} counted, ${poll.phase === 'closed' ? poll.box?.cast : 0} in the box`;
  world.book.same('T13', 'the good one then, and the close', '200, 1 counted, 1 in the box', counts);
}
