import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SCHEMA_PARAM } from '../core/contract/collab.ts';
import type { Stopping } from '../core/contract/socket.ts';
import { TEXT_SCHEMA_VERSION } from '../core/domain/outcome.ts';
import { projectRoot } from './paths.ts';
import { testDatabase, type TestDatabase } from './testing/test-database.ts';
import { buildHouse, planOf, signInAs } from './testing/test-house.ts';
import { browser, type Browser } from './testing/test-server.ts';
import { until } from './testing/until.ts';

const PEOPLE = 300;
const READERS = 60;
/** So many come in at a time: a phone each, one machine. */
const AT_ONCE = 25;

let db: TestDatabase;
let folder: string;
let child: ChildProcess | undefined;
const sockets: Socket[] = [];
const texts: WebSocket[] = [];

beforeAll(async () => {
  db = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'hall-'));
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  for (const text of texts) text.terminate();
  child?.kill('SIGKILL');
  await db.drop();
  await rm(folder, { recursive: true });
});

/** The real program, in a process of its own. */
async function run(): Promise<string> {
  let output = '';
  const env = { PATH: process.env['PATH'], DATABASE_URL: db.url, DATA_DIR: folder, PORT: '0', DEMO: 'false' };
  const started = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  await until('it is ready', () => output.includes('is ready') || started.exitCode !== null, 60_000);
  return /http:\S+/.exec(output)?.[0] ?? '';
}

/** What a socket went through at the end, in milliseconds of this process's clock. */
type Fate = { told: { at: number; spreadMs: number } | null; cutAt: number | null };

/** Somebody who hears the room. isPolite: leaves when told, at a moment of their own, as every browser of ours does. */
async function listen(
  url: string,
  { person, sessionId, isPolite }: { person: Browser; sessionId: string; isPolite: boolean },
): Promise<Fate> {
  const fate: Fate = { told: null, cutAt: null };
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { origin: url, cookie: person.cookie() ?? '' },
    forceNew: true,
    reconnection: false,
  });
  sockets.push(socket);
  socket.on('server:stopping', ({ spreadMs }: Stopping) => {
    fate.told = { at: performance.now(), spreadMs };
    if (isPolite) setTimeout(() => socket.disconnect(), (Math.random() * spreadMs) / 2);
  });
  socket.on('disconnect', (why) => {
    if (why !== 'io client disconnect') fate.cutAt = performance.now();
  });
  await until('connected', () => socket.connected);
  expect(await socket.timeout(20_000).emitWithAck('room:hear', { sessionId, after: 0 })).toMatchObject({
    ok: true,
  });
  return fate;
}

/** Somebody who has the text open, and the code with which it is closed. */
async function openText(url: string, person: Browser, documentId: string) {
  const address = `${url.replace('http', 'ws')}/collab/${documentId}?${SCHEMA_PARAM}=${TEXT_SCHEMA_VERSION}`;
  const text = new WebSocket(address, { headers: { origin: url, cookie: person.cookie() ?? '' } });
  texts.push(text);
  const end: { code: number | null } = { code: null };
  text.on('close', (code) => (end.code = code));
  text.on('error', () => undefined);
  await until('the text is open', () => text.readyState === WebSocket.OPEN);
  return end;
}

/** Plans a session and opens it; answers with a link to it. */
async function openHall(url: string) {
  const house = await buildHouse(db.prisma);
  const { sessionId, body } = planOf(house);
  const convener = await signInAs(browser(url), house, 'convener');
  const at = `/api/sessions/${sessionId}`;
  const post = async (path: string, what: unknown) => {
    const { status, body: answer } = await convener.send('POST', path, what);
    expect(status, JSON.stringify(answer)).toBe(200);
    return answer;
  };
  await post('/api/sessions', body);
  await post(`${at}/enter`, {});
  await post(`${at}/open`, { why: '测试' });
  const link = { id: randomUUID(), role: 'resident', venueId: null, maxUses: PEOPLE };
  const { url: address } = await post(`${at}/links`, link);
  return { sessionId, documentId: body.plan.documentId, token: address.split('#')[1] };
}

describe('main with a full hall', () => {
  it(
    'tells every socket before it stops, cuts none before its time, closes texts, and ends',
    { timeout: 180_000 },
    async () => {
      const url = await run();
      const { sessionId, documentId, token } = await openHall(url);
      const fates: { fate: Fate; isPolite: boolean }[] = [];
      const ends: { code: number | null }[] = [];
      const comeIn = async (n: number) => {
        const guest = browser(url);
        const wish = { token, key: randomUUID(), consent: true, name: '', venueId: null };
        expect((await guest.send('POST', '/api/join', wish)).status).toBe(200);
        const isPolite = n % 2 === 0;
        fates.push({ isPolite, fate: await listen(url, { person: guest, sessionId, isPolite }) });
        if (n < READERS) ends.push(await openText(url, guest, documentId));
      };
      for (let n = 0; n < PEOPLE; n += AT_ONCE)
        await Promise.all(Array.from({ length: AT_ONCE }, (_, each) => comeIn(n + each)));
      const gone = new Promise((resolve) => child?.once('exit', (...how) => resolve(how)));
      child?.kill('SIGTERM');
      // It ends itself with 1 when it takes longer than 15 seconds.
      expect(await gone).toEqual([0, null]);
      await until('all have noticed', () => sockets.every(({ connected }) => !connected));

      expect(fates.filter(({ fate }) => fate.told === null)).toEqual([]);
      const early = fates.filter(({ fate: { told, cutAt } }) => {
        return told !== null && cutAt !== null && cutAt < told.at + told.spreadMs;
      });
      expect(early).toEqual([]);
      // Whoever leaves by themselves is not cut at all; whoever stays is, when time is up.
      const cut = fates.filter(({ fate }) => fate.cutAt !== null);
      expect(cut.map(({ isPolite }) => isPolite)).toEqual(Array(PEOPLE / 2).fill(false));
      expect(fates[0]?.fate.told?.spreadMs).toBeGreaterThan(1_000);
      expect(ends.map(({ code }) => code)).toEqual(Array(READERS).fill(1012));
    },
  );
});
