import { randomUUID } from 'node:crypto';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { materialRoutes } from '../core/contract/materials.ts';
import type { Route } from '../core/contract/route.ts';
import { FileId, PollId, type ViewId } from '../core/domain/ids.ts';
import { MaterialDraft } from '../core/domain/materials.ts';
import { ask, inShort, upgrade, type Knocker } from './ask.ts';
import { pollOf } from './matrix-scene.ts';
import { openRoomSocket } from './room-socket.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import { bodyOf, CALLS, type Place } from './t08-calls.ts';
import type { World } from './world.ts';

/** What lies in a private session, by the name that a route calls it. */
type Things = Readonly<Record<'materialId' | 'pollId' | 'viewId', string>>;

/** Ids of what lies in a private session, in the hands of whoever is not of it: as if nothing had them [T09]. */
export async function privateThings(
  world: World,
  { inside, viewId }: { readonly inside: Stage; readonly viewId: ViewId },
): Promise<void> {
  const things = await furnished(inside, viewId);
  const cast = { host: 'host', member: 'member', resident: 'resident' } as const;
  const own = await makeStage(world, { title: 'T09 别处', cast, opens: true, purpose: 'things' });
  for (const alias of ['host', 'member', 'resident'])
    await asOutsider(world, own.person(alias), { own, inside, things });
  const others: (readonly [string, Knocker])[] = [['nobody', world.browser()]];
  if (world.staff !== null) others.push(['staff of the office', world.staff]);
  for (const [name, who] of others) await atThePrivateOne(world, { name, who }, { inside, things });
  await control(world, inside, things);
}

async function furnished(stage: Stage, viewId: ViewId): Promise<Things> {
  const { chair, sessionId } = stage;
  const poll = pollOf(PollId.parse(randomUUID()));
  await stage.does(chair, { type: 'preparePoll', poll });
  await stage.does(chair, { type: 'openPoll', pollId: poll.id });
  const params = { sessionId, fileId: FileId.parse(randomUUID()) };
  const body = `只给这里的人 ${randomUUID()}`;
  const { text } = await ask(chair.browser, materialRoutes.sendMaterial, { params, body });
  const material = MaterialDraft.parse({ ...JSON.parse(text).file, title: '检验' });
  await stage.does(chair, { type: 'addMaterial', material });
  return { materialId: material.id, pollId: poll.id, viewId };
}

type At = { readonly own: Stage; readonly inside: Stage; readonly things: Things };

/** Somebody with rights of their own, in a session of their own: there the ids are of nothing, and the session is nowhere. */
async function asOutsider(world: World, { browser, role }: Person, at: At): Promise<void> {
  const name = `a ${role} of another session`;
  const { own, inside, things } = at;
  const different: string[] = [];
  const routes = routesOf(things);
  for (const { route, param } of routes) {
    const ask1 = (id: string) => askFor(browser, route, { sessionId: own.sessionId, param, id });
    const [theirs, nothing] = [await ask1(things[param]), await ask1(randomUUID())];
    if (theirs !== nothing || !/^40[0134]/.test(theirs))
      different.push(`${route.method} ${route.path}: ${theirs} but ${nothing}`);
  }
  const inBodies = CALLS.filter(([, kind]) => kind === 'view' || kind === 'poll');
  for (const [what, kind, call] of inBodies) {
    const ids = { view: things.viewId, poll: things.pollId } as Place['ids'];
    const at1 = async (id: string) => {
      const { route, params = {}, body = {} } = call(id, { ...ids, view: randomUUID() });
      return inShort(await ask(browser, route, { params: { sessionId: own.sessionId, ...params }, body }));
    };
    const [theirs, nothing] = [
      await at1(kind === 'view' ? things.viewId : things.pollId),
      await at1(randomUUID()),
    ];
    if (theirs !== nothing) different.push(`${what}: ${theirs} but ${nothing}`);
  }
  const same = 'as if nothing had these ids';
  world.book.same(
    'T09',
    `a material, a poll and a view of a private session at ${routes.length + inBodies.length} doors of their own, as ${name}`,
    same,
    different.join('; ') || same,
  );
  await atThePrivateOne(world, { name, who: browser }, { inside, things });
  await overSockets(world, { name, who: browser }, inside);
}

type Asker = { readonly name: string; readonly who: Knocker };

/** The right ids in the right session: for whoever is not of it neither is there. */
async function atThePrivateOne(
  world: World,
  { name, who }: Asker,
  { inside, things }: Pick<At, 'inside' | 'things'>,
): Promise<void> {
  const different: string[] = [];
  const nowhere = randomUUID();
  for (const { route, param } of routesOf(things)) {
    const answers = [
      await askFor(who, route, { sessionId: inside.sessionId, param, id: things[param] }),
      await askFor(who, route, { sessionId: inside.sessionId, param, id: randomUUID() }),
      await askFor(who, route, { sessionId: nowhere, param, id: randomUUID() }),
    ];
    if (new Set(answers).size !== 1 || !/^40[14]/.test(answers[0] ?? ''))
      different.push(`${route.method} ${route.path}: ${answers.join(' but ')}`);
  }
  const same = 'as in a session that is nowhere';
  world.book.same('T09', `the same in the private session, as ${name}`, same, different.join('; ') || same);
}

/** The room and the text of it, and those of nothing. */
async function overSockets(world: World, { name, who }: Asker, inside: Stage): Promise<void> {
  const socket = await openRoomSocket(who);
  if (typeof socket === 'string') throw new Error(`${name} may not connect: ${socket}`);
  const hears = [await socket.hear(inside.sessionId), await socket.hear(randomUUID())] as const;
  socket.close();
  world.book.same('T09', `hearing the private session, as ${name}`, hears[1], hears[0]);
  const text = async (id: string) => {
    const { status, text: word } = await upgrade({
      url: who.url,
      path: `/collab/${id}`,
      headers: who.headers(),
    });
    return `${status} ${word}`;
  };
  world.book.same(
    'T09',
    `the text of the private session, as ${name}`,
    await text(randomUUID()),
    await text(inside.documentId),
  );
}

/** A member of the private session is given them: doors that give nothing to anybody would keep every secret. */
async function control(world: World, inside: Stage, things: Things): Promise<void> {
  const { browser } = inside.person('member');
  const reads = routesOf(things).filter(({ route }) => route.method === 'GET');
  const given: string[] = [];
  for (const { route, param } of reads) {
    const { sessionId } = inside;
    const answer = await askFor(browser, route, { sessionId, param, id: things[param] });
    if (answer.startsWith('200')) given.push(param);
  }
  world.book.same(
    'T09',
    'the same ids, asked for by a member of the private session',
    'materialId, pollId, viewId',
    [...new Set(given)].sort().join(', '),
  );
}

/** Every route that is about one of these things. */
function routesOf(things: Things): readonly { readonly route: Route; readonly param: keyof Things }[] {
  const params = Object.keys(things) as (keyof Things)[];
  return Object.values<Route>(ALL_ROUTES).flatMap((route) =>
    params.filter((param) => route.path.includes(`:${param}`)).map((param) => ({ route, param })),
  );
}

async function askFor(
  who: Knocker,
  route: Route,
  { sessionId, param, id }: { readonly sessionId: string; readonly param: keyof Things; readonly id: string },
): Promise<string> {
  const others = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => [name ?? '', randomUUID()] as const);
  const params = { ...Object.fromEntries(others), sessionId, [param]: id };
  return inShort(await ask(who, route, { params, body: bodyOf(`${route.method} ${route.path}`, sessionId) }));
}
