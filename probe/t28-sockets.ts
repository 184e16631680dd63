import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { accountRoutes } from '../core/contract/accounts.ts';
import { ask, upgrade, type Knocker } from './ask.ts';
import { inBatches } from './batches.ts';
import { openBare } from './bare-socket.ts';
import { openRoomSocket } from './room-socket.ts';
import { openText } from './text-socket.ts';
import { cameTrue } from '../server/testing/until.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

/** What one person may have open at once in one process, of each kind. */
const SOCKETS_EACH = 10;
const MANY = 50;
const STRANGERS = 500;
/** A socket that does not want to hear is ended within seconds, with time for a slow line. */
const ENDED_MS = 8_000;

/** Sockets of one person, politely opened. */
export async function manySockets(world: World, { stage }: Watch): Promise<void> {
  const { browser } = await stage.guest('resident');
  const most = SOCKETS_EACH * Math.max(world.health.processes, 1);
  const wanted = `${most} let in, at most`;
  const rooms = await Promise.all(
    Array.from({ length: MANY }, (_, index) => openRoomSocket(at(world, browser, index))),
  );
  // One that was let in beyond the limit is cut at once.
  const open = () => rooms.filter((socket) => typeof socket !== 'string' && socket.isOpen()).length;
  const isHeld = await cameTrue(2_000, () => open() <= most);
  world.book.judged('T28', `${MANY} sockets of one person to the room`, {
    wanted,
    came: `${open()} let in`,
    passed: isHeld && open() > 0,
  });
  for (const socket of rooms) if (typeof socket !== 'string') socket.close();
  const texts = await Promise.all(
    Array.from({ length: MANY }, (_, index) => openText(at(world, browser, index), stage.documentId)),
  );
  const held = texts.filter((text) => typeof text !== 'number' && text.isOpen()).length;
  world.book.judged('T28', `${MANY} sockets of one person to the text`, {
    wanted,
    came: `${held} let in`,
    passed: held <= most && held > 0,
  });
  for (const text of texts) if (typeof text !== 'number') text.close();
}

/** What somebody may say who wants to hold sockets and not to be counted: frames of engine.io and Socket.io. */
const LINGERING = [
  ['say nothing at all', []],
  ['connect and leave at once', ['40', '41']],
  ['leave, and come again, and leave', ['40', '41', '40', '41']],
] as const;

/** Sockets of one person that do not want to hear, answer every ping, and stay. */
export async function lingerers(world: World, { stage }: Watch): Promise<void> {
  const most = SOCKETS_EACH * Math.max(world.health.processes, 1);
  for (const [what, frames] of LINGERING) {
    const { browser } = await stage.guest('resident');
    const opened = await inBatches(MANY, (index) => linger(at(world, browser, index), frames));
    const sockets = opened.flatMap((socket) => socket ?? []);
    const open = () => sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
    const held = open();
    await cameTrue(ENDED_MS, () => open() === 0);
    world.book.judged('T28', `${MANY} sockets of one person that ${what}`, {
      wanted: `${most} held at once, at most, and 0 in the end`,
      came: `${held} held at once, ${open()} in the end`,
      passed: sockets.length > 0 && held <= most && open() === 0,
    });
    for (const socket of sockets) socket.terminate();
  }
}

async function linger(who: Knocker, frames: readonly string[]): Promise<WebSocket | null> {
  const socket = await openBare(who);
  socket?.on('message', (data: Buffer) => {
    if (data.toString() === '2') socket.send('3');
  });
  for (const frame of frames) socket?.send(frame);
  return socket;
}

/** Handshakes of nobody, and of people who make sign-ins up. */
export async function strangers(world: World, { stage }: Watch): Promise<void> {
  const started = performance.now();
  const [cookieName = ''] = world.admin.headers()['cookie']?.split('=') ?? [];
  const doors = [
    ['the room', '/socket.io/?EIO=4&transport=websocket'],
    ['the text', `/collab/${stage.documentId}`],
  ] as const;
  const kinds = [
    ['nobody', () => ({})],
    ['a sign-in that one makes up', () => ({ cookie: madeUp(cookieName) })],
  ] as const;
  for (const [door, path] of doors)
    for (const [who, cookie] of kinds) {
      const answers = await inBatches(STRANGERS / 2, (index) => {
        const url = world.options.urls[index % world.options.urls.length] ?? '';
        return upgrade({ url, path, headers: { origin: url, ...cookie() } });
      });
      const refused = answers.filter(({ status }) => status === 400 || status === 401).length;
      const sent = `${STRANGERS / 2} handshakes of ${who} with ${door}`;
      world.book.same('T28', sent, `${STRANGERS / 2} refused`, `${refused} refused`);
    }
  const requests = await inBatches(STRANGERS, (index) => {
    const { url } = world.browser(index);
    return ask({ url, headers: () => ({ cookie: madeUp(cookieName) }) }, accountRoutes.me);
  });
  const refused = requests.filter(({ status }) => status === 401 || status === 429).length;
  const sent = `${STRANGERS} requests under sign-ins that one makes up`;
  world.book.same('T28', sent, `${STRANGERS} refused`, `${refused} refused`);
  world.book.told('T28', 'how long those took', `${Math.round(performance.now() - started)} ms`);
}

/** As long and as random as ours. */
function madeUp(cookieName: string): string {
  return `${cookieName}=${randomBytes(32).toString('base64url')}`;
}

/** Somebody at one of the addresses. */
function at({ options }: World, { headers }: Knocker, index: number): Knocker {
  const url = options.urls[index % options.urls.length] ?? '';
  return { url, headers: () => ({ ...headers(), origin: url }) };
}
