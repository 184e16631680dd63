import { createHash, randomUUID } from 'node:crypto';
import { archiveRoutes } from '../core/contract/archives.ts';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { materialRoutes } from '../core/contract/materials.ts';
import { officeRoutes } from '../core/contract/office.ts';
import { roomDoors } from '../core/contract/room.ts';
import { verifyZip } from '../core/domain/bundle/verifying.ts';
import { ViewId } from '../core/domain/ids.ts';
import { verifiesByNode } from '../core/testing/sample-bundle.ts';
import { cameTrue } from '../server/testing/until.ts';
import { ask, fetched, freshKey, inShort, type Knocker } from './ask.ts';
import { makeStage, type Stage } from './stage.ts';
import { openText, type TextSocket } from './text-socket.ts';
import type { World } from './world.ts';

const CLOSED = '410 CLOSED SESSION_CLOSED';
const CUT_MS = 5_000;

/** What is sealed stays as it was, whoever tries to change it, by whatever was open before. */
export async function afterTheSeal(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member', resident: 'resident' } as const;
  const stage = await makeStage(world, { title: 'T30', cast, opens: true, purpose: 't30' });
  const member = stage.person('member');
  const viewId = ViewId.parse(randomUUID());
  const view = { id: viewId, stance: 'info' as const, text: '封存前说的话', replyTo: null };
  await stage.does(member, { type: 'postView', view });
  const before = await openText(member.browser, stage.documentId);
  if (typeof before === 'number') throw new Error(`a member may not write: ${before}`);
  world.book.same('T30', 'a line before the seal', 'saved', await before.write('封存前写的话'));
  const key = freshKey();
  const close = () =>
    ask(stage.chair.browser, roomDoors.closeSession.route, {
      params: { sessionId: stage.sessionId },
      body: {},
      key,
    });
  world.book.same('T30', 'the close', '200', inShort(await close()));
  const sealed = await fingerprintOf(stage.chair.browser, stage);

  await staleSocket(world, stage, before);
  world.book.same('T30', 'the same close again, by its key', '200', inShort(await close()));
  await otherMethods(world, stage, viewId);
  await newThings(world, stage);
  await anotherName(world, stage);
  const still = await fingerprintOf(stage.chair.browser, stage);
  world.book.same('T30', 'the record after all of it, by SHA-256', sealed, still);
  await tampered(world, stage);
}

/** The connection that was open when the record was sealed. */
async function staleSocket(world: World, { chair, documentId }: Stage, socket: TextSocket): Promise<void> {
  const came = socket.isOpen() ? await socket.write('封存后写的话') : 'closed';
  await cameTrue(CUT_MS, () => !socket.isOpen());
  world.book.judged('T30', 'a line over the connection that was open before', {
    wanted: 'TEXT_LOCKED, or closed',
    came,
    passed: came === 'TEXT_LOCKED' || came === 'closed',
  });
  socket.close();
  const again = await openText(chair.browser, documentId);
  const text = typeof again === 'number' ? String(again) : again.text();
  if (typeof again !== 'number') again.close();
  const isOld = text.includes('封存前写的话') && !text.includes('封存后写的话');
  world.book.same(
    'T30',
    'the text as it is read then',
    'as it was sealed',
    isOld ? 'as it was sealed' : text,
  );
}

/** PUT, PATCH, POST and DELETE on whatever is read of it, as host, member and administrator. */
async function otherMethods(world: World, stage: Stage, viewId: ViewId): Promise<void> {
  const { sessionId, chair, person } = stage;
  const at = `/api/sessions/${sessionId}`;
  const paths = [
    '',
    '/archive',
    '/log',
    '/archive/bundle',
    `/views/${viewId}`,
    '/snapshot',
    '/events',
    '/plan',
  ];
  const done: string[] = [];
  let tries = 0;
  for (const who of [chair.browser, person('member').browser, world.admin])
    for (const path of paths)
      for (const method of ['PUT', 'PATCH', 'POST', 'DELETE']) {
        const headers = {
          ...who.headers(),
          'content-type': 'application/json',
          'idempotency-key': freshKey(),
        };
        const { status } = await fetched(`${who.url}${at}${path}`, { method, headers, body: '{}' });
        tries += 1;
        if (status < 400 || status >= 500) done.push(`${method} ${path}: ${status}`);
      }
  world.book.same(
    'T30',
    `${tries} other methods on what is read of it`,
    'refused',
    done.join('; ') || 'refused',
  );
}

/** Every command that takes nothing but what a session has, as the administrator: T07 tries all of them as the host. */
async function newThings(world: World, stage: Stage): Promise<void> {
  const { sessionId } = stage;
  const wrong: string[] = [];
  const commands = ['closeSession', 'abortSession', 'openSession', 'resumeSession', 'endMeeting'] as const;
  for (const name of commands) {
    const body = { why: '再来一次' };
    const { route } = roomDoors[name];
    const came = await ask(world.admin, route, { params: { sessionId }, body });
    if (came.status < 400) wrong.push(`${name}: ${inShort(came)}`);
  }
  const file = await ask(stage.chair.browser, materialRoutes.sendMaterial, {
    params: { sessionId, fileId: randomUUID() },
    body: '封存后送来的文件',
  });
  if (file.status < 400) wrong.push(`a file: ${inShort(file)}`);
  const view = { id: randomUUID(), stance: 'info', text: '封存后说的话', replyTo: null };
  const route = roomDoors.postView.route;
  const said = await ask(stage.person('resident').browser, route, { params: { sessionId }, body: view });
  if (inShort(said) !== CLOSED) wrong.push(`a view: ${inShort(said)}`);
  const sent = `${commands.length + 2} ways to add to it or to begin again`;
  world.book.same('T30', sent, 'refused', wrong.join('; ') || 'refused');
}

/** A name that is changed later is in no record of before. */
async function anotherName(world: World, stage: Stage): Promise<void> {
  const { account } = stage.person('member');
  if (account === null) throw new Error('a member has an account');
  const params = { personId: account.personId };
  const name = (called: string) =>
    world.admin.call(officeRoutes.changeAccount, { params, body: { name: called } });
  const [later, before] = ['改名以后', await fingerprintOf(stage.chair.browser, stage)];
  await name(later);
  const after = await fingerprintOf(stage.chair.browser, stage);
  await name(account.realName);
  world.book.same('T30', 'the record once an account is called otherwise', before, after);
}

/** A byte of the file that was taken away is another: it is found, wherever it is. */
async function tampered(world: World, { sessionId, person }: Stage): Promise<void> {
  const { browser } = person('member');
  const bundle = () => browser.ask(archiveRoutes.getBundle, { params: { sessionId } });
  const [bytes, twin] = [await bundle(), await bundle()];
  world.book.same(
    'T30',
    'the record taken away twice',
    'equal to the byte',
    twin.equals(bytes) ? 'equal to the byte' : 'different',
  );
  const holds = await verifyZip(bytes, verifiesByNode);
  world.book.same(
    'T30',
    'the file as it was taken',
    'holds',
    holds.problems.length === 0 && holds.signature === 'holds' ? 'holds' : 'broken',
  );
  const unseen: number[] = [];
  const places = Array.from({ length: 24 }, (_, n) => Math.floor(((n + 0.5) / 24) * bytes.length));
  for (const place of places) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ 1;
    const { problems, signature } = await verifyZip(changed, verifiesByNode);
    if (problems.length === 0 && signature === 'holds') unseen.push(place);
  }
  const sent = `${places.length} files with one bit changed`;
  world.book.same(
    'T30',
    sent,
    'each is found',
    unseen.length === 0 ? 'each is found' : `not at ${unseen.join()}`,
  );
}

async function fingerprintOf(who: Knocker, { sessionId }: Stage): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['getArchive', 'getLog']) {
    const route = ALL_ROUTES[name];
    if (route === undefined) throw new Error(`there is no ${name}`);
    const query = name === 'getLog' ? { query: { after: 0 } } : {};
    hash.update((await ask(who, route, { params: { sessionId }, ...query })).text);
  }
  return hash.digest('hex');
}
