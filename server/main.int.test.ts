import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readLockFile } from './embedded/lock-file.ts';
import { projectRoot } from './paths.ts';
import { testDatabase, type TestDatabase } from './testing/test-database.ts';
import { buildHouse, planOf, signInAs, stepBody } from './testing/test-house.ts';
import { browser } from './testing/test-server.ts';
import { until } from './testing/until.ts';

let db: TestDatabase;
let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  db = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'main-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true });
});

type Running = { url: string; child: ChildProcess; output: () => string; ended: Promise<number | null> };

/** The real program, in a process of its own. */
async function run(env: Record<string, string> = {}): Promise<Running> {
  let output = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: db.url,
      DATA_DIR: folder,
      PORT: '0',
      DEMO: 'false',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  // Some are started to see that they end.
  await until(
    'it is ready or has ended',
    () => output.includes('is ready') || child.exitCode !== null,
    60_000,
  );
  return { url: /http:\S+/.exec(output)?.[0] ?? '', child, output: () => output, ended };
}

async function waitsForLock({ pool }: TestDatabase): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount === 1;
}

describe('main', () => {
  it(
    'starts, serves, and keeps what it acknowledged when it is stopped in the middle',
    { timeout: 120_000 },
    async () => {
      const first = await run();
      const house = await buildHouse(db.prisma);
      const { sessionId, body } = planOf(house);
      const convener = await signInAs(browser(first.url), house, 'convener');
      expect((await convener.send('POST', '/api/sessions', body)).status).toBe(200);
      for (const step of ['enter', 'open'])
        await convener.send('POST', `/api/sessions/${sessionId}/${step}`, stepBody(step));
      const views = Array.from({ length: 60 }, (_, n) => ({
        id: crypto.randomUUID(),
        stance: 'info',
        text: `第${n}句`,
        replyTo: null,
      }));
      const sent = views.map((view) =>
        convener.send('POST', `/api/sessions/${sessionId}/views`, view).then(
          ({ status }) => (status === 200 ? view.id : null),
          () => null,
        ),
      );
      await sent[0];
      first.child.kill('SIGTERM');
      const acknowledged = (await Promise.all(sent)).filter((id) => id !== null);
      expect(await first.ended).toBe(0);
      expect(acknowledged.length).toBeGreaterThan(0);

      const second = await run();
      const again = await signInAs(browser(second.url), house, 'convener');
      const { body: snapshot } = await again.get(`/api/sessions/${sessionId}/snapshot`);
      const kept = new Set(snapshot.room.views.map(({ id }: { id: string }) => id));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      // The sign-in of before the restart is still one.
      expect((await browser(second.url).get('/api/me', { cookie: convener.cookie() ?? '' })).status).toBe(
        200,
      );
    },
  );

  it('answers what came in before the stop, takes nothing new, and ends', { timeout: 60_000 }, async () => {
    const { url, child, ended } = await run();
    const house = await buildHouse(db.prisma);
    const { sessionId, body } = planOf(house);
    const convener = await signInAs(browser(url), house, 'convener');
    await convener.send('POST', '/api/sessions', body);
    for (const step of ['enter', 'open'])
      await convener.send('POST', `/api/sessions/${sessionId}/${step}`, stepBody(step));
    const holder = await db.pool.connect();
    await holder.query('begin');
    await holder.query('select 1 from session where id = $1 for update', [sessionId]);
    const view = { id: crypto.randomUUID(), stance: 'info', text: '停止之前收到的话', replyTo: null };
    const waiting = convener.send('POST', `/api/sessions/${sessionId}/views`, view);
    await expect.poll(() => waitsForLock(db)).toBe(true);
    child.kill('SIGTERM');
    const knock = () =>
      fetch(`${url}/readyz`).then(
        ({ status }) => status,
        () => 'nobody',
      );
    await expect.poll(knock).toBe('nobody');
    await holder.query('rollback');
    holder.release();
    const { status, headers } = await waiting;
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    expect(await ended).toBe(0);
  });

  it(
    'still serves whoever is sent to it, while balancers find out that it ends',
    { timeout: 60_000 },
    async () => {
      const { url, child, ended } = await run({ DRAIN_SECONDS: '2' });
      const asked = (path: string) =>
        fetch(`${url}${path}`).then(
          ({ status }) => status,
          () => 'nobody',
        );
      expect(await asked('/readyz')).toBe(200);
      child.kill('SIGTERM');
      const seen = new Set<string>();
      await expect
        .poll(
          async () => {
            const [ready, alive] = [await asked('/readyz'), await asked('/healthz')];
            seen.add(`${ready} ${alive}`);
            return ready;
          },
          { interval: 20, timeout: 10_000 },
        )
        .toBe('nobody');
      expect([...seen]).toContain('503 200');
      expect(await ended).toBe(0);
    },
  );

  it('shows the administrator of an empty installation once [P6]', { timeout: 120_000 }, async () => {
    const empty = await testDatabase();
    try {
      const shown = /login +(\S+)\s+password +(\S+)/;
      const first = await run({ DATABASE_URL: empty.url, ORG_NAME: '政协某市委员会' });
      const [, login, password] = shown.exec(first.output()) ?? [];
      const admin = browser(first.url);
      expect((await admin.send('POST', '/api/sign-in', { login, password })).body.office).toBe('admin');
      // No line of the log, in this run or the next, tells it again.
      expect(first.output().split(password ?? 'none')).toHaveLength(2);
      first.child.kill('SIGTERM');
      expect(await first.ended).toBe(0);
      expect((await run({ DATABASE_URL: empty.url })).output()).not.toMatch(shown);
    } finally {
      for (const child of started.splice(0)) child.kill('SIGKILL');
      await empty.drop();
    }
  });

  it.each(['SIGHUP', 'SIGTERM'] as const)(
    'leaves no database of its own behind when %s comes while it is starting',
    { timeout: 120_000 },
    async (signal) => {
      const own = await mkdtemp(join(tmpdir(), 'main-'));
      const cluster = join(own, 'postgres/cluster');
      const starting = run({ DATABASE_URL: '', DATA_DIR: own });
      await expect.poll(() => existsSync(join(own, 'postgres')), { timeout: 60_000 }).toBe(true);
      started.at(-1)?.kill(signal);
      const { ended, output } = await starting;
      expect(await ended).toBe(0);
      expect(output()).not.toContain('could not start');
      expect(readLockFile(cluster)).toBeUndefined();
      await rm(own, { recursive: true });
    },
  );

  it('does not open a demo to others that was made for one computer', { timeout: 120_000 }, async () => {
    const demo = await testDatabase();
    try {
      const alone = await run({ DATABASE_URL: demo.url, DEMO: 'true' });
      expect(alone.output()).toContain('Only this computer can open it');
      alone.child.kill('SIGTERM');
      await alone.ended;
      const env = { DATABASE_URL: demo.url, PUBLIC_URL: 'http://192.0.2.5:3000' };
      const refused = await run({ ...env, DEMO: '' });
      expect(await refused.ended).toBe(1);
      expect(refused.output()).toContain('holds the demo');
      const asked = await run({ ...env, DEMO: 'true' });
      expect(asked.output()).toContain('WARNING');
      asked.child.kill('SIGTERM');
      await asked.ended;
      await demo.pool.query('update person set disabled_at = now()');
      expect((await run({ ...env, DEMO: '' })).output()).toContain('is ready: http://192.0.2.5:3000');
    } finally {
      for (const child of started.splice(0)) child.kill('SIGKILL');
      await demo.drop();
    }
  });

  it('says what is wrong and ends when its database is not there', { timeout: 60_000 }, async () => {
    const { ended, output } = await run({ DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none' });
    expect(await ended).toBe(1);
    expect(output()).toContain('ECONNREFUSED');
    expect(output()).not.toContain('nothing@');
  });
});
