import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket as NetSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Presence } from '../../core/contract/socket.ts';
import { projectRoot } from '../paths.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, planOf, signInAs } from '../testing/test-house.ts';
import { testRedis, type TestRedis } from '../testing/test-redis.ts';
import { browser, type Browser } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

let db: TestDatabase;
let redis: TestRedis;
let folder: string;
const started: ChildProcess[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  db = await testDatabase({ poolSize: 12 });
  redis = await testRedis();
  folder = await mkdtemp(join(tmpdir(), 'presence-'));
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  for (const child of started) child.kill('SIGKILL');
  await redis.stop();
  await db.drop();
  await rm(folder, { recursive: true });
});

/** The real program, in a process of its own. */
async function run(): Promise<{ url: string; child: ChildProcess }> {
  let output = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: db.url,
      REDIS_URL: redis.url,
      DATA_DIR: folder,
      PORT: '0',
      DEMO: 'false',
      DB_POOL_SIZE: '6',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  await until('the program is ready', () => output.includes('is ready') || child.exitCode !== null, 60_000);
  const url = /http:\S+/.exec(output)?.[0];
  if (url === undefined) throw new Error(output);
  return { url, child };
}

/** Somebody who hears a session, and the count they were told last. */
async function listen(url: string, person: Browser, sessionId: string) {
  let last: Presence | undefined;
  let heardAt: number | undefined;
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { origin: url, cookie: person.cookie() ?? '' },
    forceNew: true,
    reconnection: false,
  });
  sockets.push(socket);
  socket.on('room:presence', (presence: Presence) => {
    last = presence;
    heardAt = performance.now();
  });
  await until('connected', () => socket.connected, 10_000);
  await socket.timeout(10_000).emitWithAck('room:hear', { sessionId, after: 0 });
  return {
    last: () => last,
    /** When that came, milliseconds of performance.now(). */
    heardAt: () => heardAt,
    /** As when a cable is pulled: nothing is closed, nothing is answered any more. */
    fallSilent: () => {
      const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } };
      ws._socket.pause();
    },
  };
}

describe('presence of two real processes', () => {
  it(
    'counts per role and venue, forgets a killed process, and says when it is approximate [G5] [G6] [M6]',
    { timeout: 240_000 },
    async () => {
      const [one, two] = await Promise.all([run(), run()]);
      const house = await buildHouse(db.prisma);
      const names = ['convener', 'member', 'department'] as const;
      const [convener, member, department] = await Promise.all(
        names.map((name) => signInAs(browser(one.url), house, name)),
      );
      if (convener === undefined || member === undefined || department === undefined) throw new Error();
      const { sessionId, body, seatIds } = planOf(house);
      const [first, ...others] = body.roll;
      if (first === undefined) throw new Error('no roll');
      const roll = [first, ...others.map((seat) => ({ ...seat, venueId: 'branch' }))];
      expect((await convener.send('POST', '/api/sessions', { ...body, roll })).status).toBe(200);

      const here = await listen(one.url, convener, sessionId);
      await listen(two.url, member, sessionId);
      await listen(two.url, member, sessionId);
      const branch = await listen(two.url, department, sessionId);
      await until('all are counted', () => here.last()?.online === 3, 10_000);
      expect(here.last()).toEqual({
        sessionId,
        online: 3,
        byRole: [
          { role: 'convener', online: 1 },
          { role: 'member', online: 1 },
          { role: 'department', online: 1 },
        ],
        byVenue: [
          { venueId: 'branch', online: 2 },
          { venueId: 'main', online: 1 },
        ],
        people: [...seatIds].sort(),
        exact: true,
      });

      // Another place in the hall is another count, at once.
      await convener.send('PATCH', `/api/sessions/${sessionId}/participants/${seatIds[1]}`, {
        role: 'member',
        venueId: 'main',
      });
      await until('the member moved', () => here.last()?.byVenue[1]?.online === 2, 10_000);

      // The only one at the branch drops: the other process says so within ten seconds, counted from the drop to its hearing.
      branch.fallSilent();
      const droppedAt = performance.now();
      await until('the branch is offline', () => here.last()?.byVenue.length === 1, 15_000);
      const toldMs = (here.heardAt() ?? Infinity) - droppedAt;
      process.stdout.write(`a venue that dropped is offline after ${Math.round(toldMs)} ms\n`);
      expect(toldMs).toBeLessThanOrEqual(10_000);
      expect(here.last()).toMatchObject({ online: 2, byVenue: [{ venueId: 'main', online: 2 }] });

      two.child.kill('SIGKILL');
      await until('the killed are gone', () => here.last()?.online === 1, 15_000);
      expect(here.last()?.byVenue).toEqual([{ venueId: 'main', online: 1 }]);
      expect(here.last()).toMatchObject({ exact: true, people: [seatIds[0]] });

      await redis.kill();
      await until('it says that it is approximate', () => here.last()?.exact === false, 20_000);
      expect(here.last()).toMatchObject({ online: 1 });
      // Nothing else changes: what is said is taken and heard.
      const later = { role: 'member', venueId: 'branch' };
      const path = `/api/sessions/${sessionId}/participants/${seatIds[1]}`;
      expect((await convener.send('PATCH', path, later)).status).toBe(200);
      await redis.restart();
      await until('it is exact again', () => here.last()?.exact === true, 30_000);
    },
  );
});
