import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import { accountRoutes } from '../core/contract/accounts.ts';
import { COLLAB_MESSAGE } from '../core/contract/collab.ts';
import { roomDoors } from '../core/contract/room.ts';
import { ask, fetched, freshKey, inShort } from './ask.ts';
import { openBare } from './bare-socket.ts';
import { upgradeTo } from './t26-http.ts';
import { openLine } from './tcp.ts';
import { openText, syncFrame } from './text-socket.ts';
import { cameTrue } from '../server/testing/until.ts';
import { openWatch, type Watch } from './watch.ts';
import type { World } from './world.ts';

const KB = 1_024;
const MB = KB * KB;
/**
 * What the server's memory may grow by, and how long it may take to be back: twice the 50 MB of the threat model, for
 * what V8 once took it gives back late. A server that keeps what it is sent grows by hundreds here.
 */
const GROWTH_BYTES = 100 * MB;
const BACK_MS = 60_000;
const CLOSE_MS = 5_000;

/** Whatever is too large, by every door that takes something. */
export async function oversize(world: World): Promise<void> {
  const before = await world.health.memory();
  const watch = await openWatch(world, 'T27');
  await bodies(world, watch);
  await frames(world, watch);
  await texts(world, watch);
  await fragments(world, watch);
  await watch.end();
  await memory(world, before);
}

async function bodies(world: World, watch: Watch): Promise<void> {
  const { stage } = watch;
  const { browser } = stage.person('two');
  const judge = (what: string, wanted: RegExp, came: string) =>
    world.book.judged('T27', what, { wanted: String(wanted), came, passed: wanted.test(came) });
  const view = async (text: string) => {
    const body = { id: randomUUID(), stance: 'info', text, replyTo: null };
    const params = { sessionId: stage.sessionId };
    return inShort(await ask(browser, roomDoors.postView.route, { params, body }));
  };
  judge('a view of 70 KB', /^413 TOO_LARGE/, await view('长'.repeat((70 * KB) / 3)));
  judge('a view of 50 000 letters', /^400 INVALID/, await view('x'.repeat(50_000)));
  judge('a view of 2 001 letters', /^400 INVALID/, await view('x'.repeat(2_001)));
  const { token } = await stage.link('resident');
  const join = { token, key: randomUUID(), consent: true, name: '名'.repeat(200), venueId: null };
  const joined = await ask(world.browser(), accountRoutes.join, { body: join });
  judge('a name of 200 letters', /^400 INVALID/, inShort(joined));
  // The server may hang up on those who still send: that is an answer as well.
  judge('a body of 5 MB', /^(413 TOO_LARGE|closed)/, await raw(watch, 'x'.repeat(5 * MB)));
  const bomb = gzipSync(Buffer.alloc(50 * MB, 32));
  judge(
    '50 MB of blanks, packed into 50 KB',
    /^413 TOO_LARGE/,
    await raw(watch, bomb, { 'content-encoding': 'gzip' }),
  );
}

async function raw({ stage }: Watch, body: BodyInit, headers: Record<string, string> = {}): Promise<string> {
  const { browser } = stage.person('two');
  const own = { ...browser.headers(), 'content-type': 'application/json', 'idempotency-key': freshKey() };
  return await fetched(`${browser.url}/api/sessions/${stage.sessionId}/views`, {
    method: 'POST',
    headers: { ...own, ...headers },
    body,
  }).then(inShort, () => 'closed');
}

async function frames(world: World, { stage }: Watch): Promise<void> {
  const { browser } = stage.person('two');
  const text = `/collab/${stage.documentId}`;
  // The text takes two megabytes of words written without a line, and says in its own code what is beyond.
  const tries = [
    ['70 KB to the room', 70 * KB, undefined, 'closed 1009'],
    ['2 MB to the room', 2 * MB, undefined, 'closed 1009'],
    ['2 MB to the text', 2 * MB, text, 'closed 4400'],
    ['3 MB to the text', 3 * MB, text, 'closed 4413'],
  ] as const;
  for (const [what, bytes, path, wanted] of tries) {
    const socket = await openBare(browser, path);
    const came = socket === null ? 'refused' : await endOf(socket, Buffer.alloc(bytes, 52));
    world.book.same('T27', `a frame of ${what}`, wanted, came);
  }
}

async function endOf(socket: WebSocket, bytes: Uint8Array): Promise<string> {
  let code = 0;
  socket.on('close', (closedWith) => (code = closedWith));
  // Socket.io reads text, the text reads bytes; too large is too large for both.
  socket.send(bytes, () => undefined);
  const isClosed = await cameTrue(CLOSE_MS, () => code !== 0);
  socket.terminate();
  // Whoever is hung up on while still sending may not hear the code.
  return isClosed ? `closed ${code === 1006 ? 1009 : code}` : 'still open';
}

async function texts(world: World, { stage }: Watch): Promise<void> {
  const awareness = (size: number) =>
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, COLLAB_MESSAGE.awareness);
      encoding.writeVarUint8Array(
        encoder,
        encoding.encode((inner) => {
          for (const number of [1, 7, 1]) encoding.writeVarUint(inner, number);
          encoding.writeVarString(inner, JSON.stringify({ user: { name: 'x'.repeat(size) } }));
        }),
      );
    });
  const tries = [
    ['an update of 5 MB', syncFrame(2, new Uint8Array(5 * MB)), [4413]],
    ['an update of 300 KB', syncFrame(2, new Uint8Array(300 * KB)), [4400, 4413]],
    ['a cursor of 1 MB', awareness(MB), [4400, 4413]],
    ['a cursor of 100 KB', awareness(100 * KB), [4400, 4413]],
    [
      'a mark of 100 KB',
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
        encoding.writeVarUint8Array(encoder, new Uint8Array(100 * KB));
      }),
      [4400, 4413],
    ],
  ] as const;
  for (const [what, frame, codes] of tries) {
    const text = await openText(stage.person('two').browser, stage.documentId);
    if (typeof text === 'number') throw new Error(`a writer was not let in: ${text}`);
    text.send(frame);
    await cameTrue(CLOSE_MS, () => text.closedAt() !== null);
    const code = text.closeCode();
    text.close();
    const passed = codes.some((one) => one === code);
    world.book.judged('T27', `${what} in the text`, {
      wanted: `closed ${codes.join(' or ')}`,
      came: code === null ? 'still open' : `closed ${code}`,
      passed,
    });
  }
}

const FRAGMENTS = 100_000;
const CLOSING = new RegExp(`\u0088.(?:${[1009, 4400].map(bytesOf).join('|')})`, 's');

function bytesOf(code: number): string {
  return String.fromCharCode(code >> 8, code & 255);
}

/** One message in 100 000 pieces of one byte. */
async function fragments(world: World, { stage }: Watch): Promise<void> {
  const { browser } = stage.person('two');
  const { host } = new URL(browser.url);
  const { cookie = '' } = browser.headers();
  for (const path of ['/socket.io/?EIO=4&transport=websocket', `/collab/${stage.documentId}`]) {
    const line = await openLine(browser.url);
    line.send(upgradeTo(path, { host, cookie, url: browser.url }));
    await cameTrue(CLOSE_MS, () => line.heard().startsWith('HTTP/1.1 101'));
    // Text or bytes, without an end; a mask of zeroes.
    const piece = Buffer.from([0, 0x81, 0, 0, 0, 0, 52]);
    const pieces = Buffer.concat(Array.from({ length: FRAGMENTS }, () => piece));
    pieces[0] = path.startsWith('/collab/') ? 2 : 1;
    pieces[pieces.length - piece.length] = 0x80;
    line.send(pieces);
    // A close frame with 1009 or 4400; the connection itself waits for the same from us.
    const isClosed = await cameTrue(2 * CLOSE_MS, () => !line.isOpen() || CLOSING.test(line.heard()));
    line.close();
    const door = path.startsWith('/collab/') ? 'the text' : 'the room';
    world.book.same(
      'T27',
      `a message in ${FRAGMENTS} pieces to ${door}`,
      'closed',
      isClosed ? 'closed' : 'still open',
    );
  }
}

/** Where the server tells its memory: it may grow by so much, and must be back. */
async function memory(world: World, before: number | null): Promise<void> {
  const after = await world.health.memory();
  if (before === null || after === null) {
    world.book.told('T27', 'memory of the server', 'not known: no --metrics-token');
    return;
  }
  const grown = async () => ((await world.health.memory()) ?? 0) - before;
  const isBack = await cameTrue(BACK_MS, async () => (await grown()) < GROWTH_BYTES);
  const came = `${Math.round((after - before) / MB)} MB more at once, then ${Math.round((await grown()) / MB)} MB`;
  world.book.judged('T27', 'memory of the server', {
    wanted: `back to less than ${GROWTH_BYTES / MB} MB more within ${BACK_MS / 1_000} s`,
    came,
    passed: isBack,
  });
}
