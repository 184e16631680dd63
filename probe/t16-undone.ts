import { archiveRoutes } from '../core/contract/archives.ts';
import { roomDoors } from '../core/contract/room.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { verifyZip } from '../core/domain/bundle/verifying.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import { verifiesByNode } from '../core/testing/sample-bundle.ts';
import { cameTrue } from '../server/testing/until.ts';
import { ask, fetched, freshKey, inShort } from './ask.ts';
import { openEars, type Ears } from './ears.ts';
import { castIn, choosing, draftOf, opened, pollFor, SINGLE } from './polling.ts';
import { makeStage, type Stage } from './stage.ts';
import type { World } from './world.ts';

const HEARD_MS = 10_000;
const WHY = '检验：有人没有拿到票';

/** A poll that was held is there for ever: it is void in sight of everybody, by two people, and never gone. */
export async function undonePolls(world: World): Promise<void> {
  const cast = { host: 'host', convener: 'convener', member: 'member' } as const;
  const stage = await makeStage(world, { title: 'T16', cast, opens: true, purpose: 't16' });
  const member = stage.person('member');
  const ears = await openEars(world, stage, member);
  const poll = await opened(stage, draftOf(SINGLE, ['member']));
  await stage.does(member, { type: 'castBallot', pollId: poll.id, paper: choosing('a') });
  await takenAway(world, stage, { poll, phase: 'open' });
  await stage.does(stage.chair, { type: 'closePoll', pollId: poll.id });
  await takenAway(world, stage, { poll, phase: 'closed' });
  await madeVoid(world, stage, { poll, ears });
  for (const socket of [...ears.rooms, ...ears.texts]) socket.close();
  await recorded(world, stage, poll);
}

type Held = { readonly poll: PollDraft; readonly phase: 'open' | 'closed' };

/** Whatever could make it gone, or new, as host, convener and administrator. */
async function takenAway(world: World, stage: Stage, { poll, phase }: Held): Promise<void> {
  const params = { sessionId: stage.sessionId, pollId: poll.id };
  const before = JSON.stringify(await pollFor(stage.person('member'), stage, poll.id));
  const at = `/api/sessions/${stage.sessionId}/polls/${poll.id}`;
  const done: string[] = [];
  let tries = 0;
  const hands = [
    { name: 'host', browser: stage.chair.browser },
    { name: 'convener', browser: stage.person('convener').browser },
    { name: 'administrator', browser: world.admin },
  ];
  for (const { name, browser } of hands) {
    const answers = [
      ['drop', await ask(browser, roomDoors.dropPoll.route, { params })],
      ['open', await ask(browser, roomDoors.openPoll.route, { params })],
      ['prepare', await ask(browser, roomDoors.preparePoll.route, { params, body: poll })],
      ['void without why', await ask(browser, roomDoors.proposeVoid.route, { params, body: {} })],
      ['confirm what nobody proposed', await ask(browser, roomDoors.confirmVoid.route, { params })],
    ] as const;
    const others = await Promise.all(
      ['/reset', '/reopen', '/stop', '/ballots', '/delete', '/result'].map(
        async (path) =>
          [path, await fetched(`${browser.url}${at}${path}`, posting(browser.headers()))] as const,
      ),
    );
    for (const [what, answer] of [...answers, ...others]) {
      tries += 1;
      if (answer.status < 400 || answer.status >= 500) done.push(`${what} as ${name}: ${inShort(answer)}`);
    }
  }
  const right = 'refused, and it is as it was';
  const after = JSON.stringify(await pollFor(stage.person('member'), stage, poll.id));
  const came = done.length > 0 ? done.join('; ') : after === before ? right : 'refused, and it is another';
  world.book.same('T16', `${tries} ways to delete, reset or open again a poll that is ${phase}`, right, came);
}

function posting(headers: Readonly<Record<string, string>>): RequestInit {
  return {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': freshKey() },
    body: '{}',
  };
}

type Voiding = { readonly poll: PollDraft; readonly ears: Ears };

async function madeVoid(world: World, stage: Stage, { poll, ears }: Voiding): Promise<void> {
  const member = stage.person('member');
  const params = { sessionId: stage.sessionId, pollId: poll.id };
  const before = castIn(await pollFor(member, stage, poll.id));
  const { browser } = stage.chair;
  const proposed = inShort(await ask(browser, roomDoors.proposeVoid.route, { params, body: { why: WHY } }));
  const alone = inShort(await ask(browser, roomDoors.confirmVoid.route, { params }));
  world.book.same(
    'T16',
    'making it void alone: proposed and confirmed by one',
    '200, then 403 FORBIDDEN VOID_BY_ANOTHER',
    `${proposed}, then ${alone}`,
  );
  const second = stage.person('convener').browser;
  const confirmed = inShort(await ask(second, roomDoors.confirmVoid.route, { params }));
  const heard = () =>
    (ears.rooms[0]?.heard(stage.sessionId) ?? [])
      .map(({ event }) => event.type)
      .filter((type) => type === 'poll:voidProposed' || type === 'poll:voided')
      .join(', ');
  await cameTrue(HEARD_MS, () => heard().endsWith('poll:voided'));
  world.book.same(
    'T16',
    'confirmed by somebody else, and what a member heard',
    '200: poll:voidProposed, poll:voided',
    `${confirmed}: ${heard()}`,
  );
  const poll_ = await pollFor(member, stage, poll.id);
  const voided = poll_.phase === 'closed' ? poll_.voided : undefined;
  const why = voided === undefined ? 'not void' : voided.why === WHY ? 'void with its reason' : voided.why;
  world.book.same(
    'T16',
    'the poll as a member reads it',
    `void with its reason, ${before} counted as before`,
    `${why}, ${castIn(poll_)} counted as before`,
  );
}

/** What is sealed tells it all, and holds together. */
async function recorded(world: World, stage: Stage, poll: PollDraft): Promise<void> {
  const { sessionId, chair } = stage;
  await stage.does(chair, { type: 'closeSession' });
  const params = { sessionId };
  const { room } = await chair.browser.call(archiveRoutes.getArchive, { params });
  const kept = room.polls.find(({ draft }) => draft.id === poll.id);
  const isVoid = kept?.phase === 'closed' && kept.voided !== undefined;
  const { events } = await chair.browser.call(sessionRoutes.getEvents, { params, query: { after: 0 } });
  const told = events
    .map(({ event }) => event.type)
    .filter((type) => type === 'poll:voidProposed' || type === 'poll:voided');
  const { url, headers } = chair.browser;
  const taken = await fetch(`${url}/api/sessions/${sessionId}/archive/bundle`, { headers: headers() });
  const holds = await verifyZip(Buffer.from(await taken.arrayBuffer()), verifiesByNode);
  const isWhole = holds.problems.length === 0 && holds.signature === 'holds';
  world.book.same(
    'T16',
    'the record of it',
    'kept as void, poll:voidProposed, poll:voided, the chain holds',
    `${isVoid ? 'kept as void' : 'not there'}, ${told.join(', ')}, the chain ${isWhole ? 'holds' : 'is broken'}`,
  );
}
