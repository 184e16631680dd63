import { tokenRoutes } from '../core/contract/box-doors.ts';
import { roomDoors } from '../core/contract/room.ts';
import type { PollId } from '../core/domain/ids.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { ask, fetched, freshKey, inShort } from './ask.ts';
import { blindedBytes } from './matrix-boxes.ts';
import { ballot, castIn, choosing, draftOf, opened, pollFor, SINGLE, votedIn } from './polling.ts';
import { makeStage, type Stage } from './stage.ts';
import type { World } from './world.ts';

/** What somebody would add who wants to vote as somebody else. */
const FIELDS = [
  'userId',
  'onBehalfOf',
  'participantId',
  'personId',
  'voter',
  'by',
  'inPlaceOf',
  'proxyFor',
] as const;

/** A ballot is of whoever is signed in: nothing that one sends makes it another's. */
export async function forOthers(world: World): Promise<void> {
  const cast = { host: 'host', dept: 'department', one: 'resident', two: 'resident' } as const;
  const stage = await makeStage(world, { title: 'T17', cast, opens: true, purpose: 't17' });
  const poll = await opened(stage, draftOf(SINGLE, ['resident']));
  await byFields(world, stage, poll.id);
  await byKeys(world, stage, poll.id);
  await notTheirs(world, stage, poll.id);
  await stage.does(stage.chair, { type: 'closePoll', pollId: poll.id });
  const closed = await pollFor(stage.chair, stage, poll.id);
  const ballots = closed.phase === 'closed' ? (closed.ballots ?? []) : [];
  const [one, two] = ['one', 'two'].map((alias) => stage.person(alias).participantId);
  const names = ballots.map(({ by, paper }) => {
    const who = by === one ? 'one' : by === two ? 'two' : by;
    return `${who} ${paper.shape === 'choices' ? paper.choices.join('+') : paper.shape}`;
  });
  world.book.same(
    'T17',
    'whose ballots there are then',
    'one a, two b, 2 counted',
    `${names.sort().join(', ')}, ${castIn(closed)} counted`,
  );
  await tokens(world, stage);
}

async function byFields(world: World, stage: Stage, pollId: PollId): Promise<void> {
  const { browser } = stage.person('one');
  const other = stage.person('two').participantId;
  const taken: string[] = [];
  for (const field of FIELDS)
    for (const paper of [
      { ...choosing('a'), [field]: other },
      { paper: choosing('a'), [field]: other },
    ]) {
      const came = await ballot(browser, stage, pollId, { paper });
      if (came.error?.code !== 'INVALID') taken.push(`${field}: ${inShort(came)}`);
    }
  const { route } = roomDoors.castBallot;
  const address = addressOf(browser.url, route, { params: { sessionId: stage.sessionId, pollId } });
  for (const field of FIELDS) {
    const came = await fetched(`${address}?${field}=${other}`, {
      method: route.method,
      headers: { ...browser.headers(), 'content-type': 'application/json', 'idempotency-key': freshKey() },
      body: JSON.stringify(choosing('a')),
    });
    if (came.error?.code !== 'INVALID') taken.push(`?${field}: ${inShort(came)}`);
  }
  const voted = votedIn(await pollFor(stage.chair, stage, pollId)).length;
  const right = 'INVALID each time, nobody has voted';
  world.book.same(
    'T17',
    `${3 * FIELDS.length} ballots that name somebody else: ${FIELDS.join(', ')}`,
    right,
    taken.length === 0 && voted === 0 ? right : `${taken.join('; ')}; ${voted} have voted`,
  );
}

/** The key of somebody else's command, before and after they use it. */
async function byKeys(world: World, stage: Stage, pollId: PollId): Promise<void> {
  const [one, two] = [stage.person('one'), stage.person('two')];
  const key = freshKey();
  const mine = inShort(await ballot(one.browser, stage, pollId, { paper: choosing('a'), key }));
  const same = await ballot(two.browser, stage, pollId, { paper: choosing('a'), key });
  const voted = votedIn(await pollFor(stage.chair, stage, pollId));
  const isOne = voted.length === 1 && voted[0] === one.participantId;
  world.book.judged('T17', 'a ballot, and another person’s by its key', {
    wanted: '200, then refused; the first has voted',
    came: `${mine}, then ${inShort(same)}; ${isOne ? 'the first has' : `${voted.length} have`} voted`,
    passed: mine === '200' && same.status >= 400 && same.status < 500 && isOne,
  });
  const own = inShort(await ballot(two.browser, stage, pollId, { paper: choosing('b') }));
  world.book.same('T17', 'the second by a key of their own', '200', own);
}

/** Who has no vote in it: another role, the chair, the office. */
async function notTheirs(world: World, stage: Stage, pollId: PollId): Promise<void> {
  const late = await stage.guest('resident');
  const watching = await stage.guest('observer');
  const people = [
    ['a department', stage.person('dept').browser],
    ['the chair', stage.chair.browser],
    ['an observer', watching.browser],
    ['whoever came after the opening', late.browser],
    ['the administrator', world.admin],
    ['nobody', world.browser()],
  ] as const;
  const wrong: string[] = [];
  for (const [who, browser] of people) {
    const came = await ballot(browser, stage, pollId, { paper: choosing('c') });
    if (came.status !== 403 && came.status !== 401) wrong.push(`${who}: ${inShort(came)}`);
  }
  const right = 'FORBIDDEN each';
  const sent = `a ballot among residents by ${people.map(([who]) => who).join(', ')}`;
  world.book.same('T17', sent, right, wrong.join('; ') || right);
}

/** A token is of whoever is signed in as well. */
async function tokens(world: World, stage: Stage): Promise<void> {
  const box = await opened(stage, draftOf(SINGLE, ['resident'], { secrecy: 'verifiable' }));
  const [one, two] = [stage.person('one'), stage.person('two')];
  const params = { sessionId: stage.sessionId, pollId: box.id };
  const take = async (who: typeof one, voter: string) =>
    inShort(
      await ask(who.browser, tokenRoutes.takeToken, { params, body: { blinded: blindedBytes(), voter } }),
    );
  const dept = stage.person('dept');
  const came = [
    await take(one, two.participantId),
    await take(dept, one.participantId),
    await take(dept, dept.participantId),
    await take(two, two.participantId),
    await take(two, two.participantId),
  ];
  const no = '403 FORBIDDEN NOT_ELIGIBLE';
  world.book.same(
    'T17',
    'tokens: another’s, another’s as a department, a department’s; then one’s own, and a second',
    [no, no, no, '200', '409 CONFLICT TOKEN_TAKEN'].join(', '),
    came.join(', '),
  );
  await stage.does(stage.chair, { type: 'closePoll', pollId: box.id });
}
