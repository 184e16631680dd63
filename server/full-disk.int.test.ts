import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../prisma/seed/demo.ts';
import { readLockFile } from './embedded/lock-file.ts';
import { stopLeftover } from './embedded/postgres.ts';
import { projectRoot } from './paths.ts';
import { browser, type Browser } from './testing/test-server.ts';
import { until } from './testing/until.ts';

let disk: string;
/** Why there is no small disk; '' when there is one. */
let refusal: string;
let child: ChildProcess | undefined;
let said: string;

beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=320m', 'tmpfs', disk], { encoding: 'utf8' });
  refusal = mounted.status === 0 ? '' : mounted.stderr || String(mounted.error);
  said = '';
});
afterEach(async () => {
  rmSync(join(disk, 'filler'), { force: true });
  if (child !== undefined && child.exitCode === null) {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  await stopLeftover(join(disk, 'data')).catch(() => undefined);
  if (refusal === '') spawnSync('umount', [disk]);
  await rm(disk, { recursive: true, force: true });
});

/** The real program with its own database, all on the small disk. */
async function start(): Promise<string> {
  const started = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], DATA_DIR: join(disk, 'data'), PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await until('the server is ready', () => said.includes('is ready') || started.exitCode !== null, 60_000);
  return /http:\S+/.exec(said)?.[0] ?? '';
}

/** Leaves not one byte on the disk. */
function fill(): void {
  const file = openSync(join(disk, 'filler'), 'w');
  try {
    for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 16))
      writeUntilFull(file, Buffer.alloc(size, 'x'));
  } finally {
    closeSync(file);
  }
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}

async function enter(url: string, login: string): Promise<Browser> {
  const one = browser(url);
  expect((await one.send('POST', '/api/sign-in', { login, password: DEMO_PASSWORD })).status).toBe(200);
  return one;
}

/** The sessions of somebody's desk that are in a state. */
async function sessionIn(one: Browser, state: string): Promise<string> {
  const { body } = await one.get('/api/sessions');
  return body.sessions.find((session: { state: string }) => session.state === state).id;
}

describe('main on a full disk', () => {
  it(
    'claims nothing, lives on, lets the archive be read, and posts again when there is room',
    { timeout: 240_000 },
    async ({ skip }) => {
      if (refusal !== '') skip(`not run: a small disk cannot be mounted here, which takes root: ${refusal}`);
      const url = await start();
      const { startedAt } = (await browser(url).get('/healthz')).body;
      const member = await enter(url, 's04-member1');
      const admin = await enter(url, 'admin');
      const at = `/api/sessions/${await sessionIn(member, 'in_session')}`;
      const archive = `/api/sessions/${await sessionIn(admin, 'archived')}/archive`;
      const acknowledged: string[] = [];
      const refused: { readonly view: object; readonly key: string }[] = [];
      const post = async () => {
        // No faster than the limit of one person allows.
        await sleep(250);
        const view = { id: randomUUID(), stance: 'info', text: `第${acknowledged.length}句`, replyTo: null };
        const key = randomUUID();
        const { status, body } = await member.send('POST', `${at}/views`, view, { 'idempotency-key': key });
        if (status === 200) acknowledged.push(view.id);
        else {
          expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
          refused.push({ view, key });
        }
        return status;
      };
      const reads = async () => (await admin.get(archive)).status === 200;
      const isFull = async () => (await post()) === 503;
      for (let n = 0; n < 10; n += 1) expect(await post()).toBe(200);

      fill();
      await until('posting is refused', isFull, 20_000);
      await until('the reserve was given up and the archive is read', reads, 20_000);
      // PostgreSQL ends, as after a panic over its log.
      const pid = readLockFile(join(disk, 'data/postgres/cluster'))?.pid;
      process.kill(pid ?? Number.NaN, 'SIGKILL');
      expect(await post()).toBe(503);
      await until('the archive is read again', reads, 90_000);
      expect(await post()).toBe(503);

      rmSync(join(disk, 'filler'));
      await until('posting works again', async () => (await post()) === 200, 90_000);
      expect((await browser(url).get('/healthz')).body.startedAt).toBe(startedAt);
      const [first] = refused;
      for (let n = 0; n < 2; n += 1) {
        const again = await member.send('POST', `${at}/views`, first?.view, {
          'idempotency-key': first?.key ?? '',
        });
        expect(again.status).toBe(200);
      }
      const { body } = await member.get(`${at}/snapshot`);
      const ids: string[] = body.room.views.map(({ id }: { id: string }) => id);
      expect(acknowledged.filter((id) => ids.filter((other) => other === id).length !== 1)).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});
