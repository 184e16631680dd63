import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../paths.ts';
import { openCluster, startCluster } from './cluster.ts';
import { readLockFile } from './lock-file.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
  stopLeftover,
  visitEmbeddedPostgres,
} from './postgres.ts';

let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await stopLeftover(folder).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

/** A process of its own that starts the database, writes a committed row, and then just lives. */
async function startElsewhere(): Promise<{ child: ChildProcess; said: string }> {
  const script = `
    import pg from 'pg';
    import { startEmbeddedPostgres } from './server/embedded/postgres.ts';
    startEmbeddedPostgres(${JSON.stringify(folder)}).then(async (postgres) => {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query('create table if not exists mark (n serial)');
      await client.query('insert into mark default values');
      console.log('ready');
      setInterval(() => undefined, 1000);
    }).catch((error) => { console.log(error.message); process.exit(1); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', (code) => resolve(`ended with ${code}`));
  });
  return { child, said };
}

async function ask(postgres: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

const cluster = () => join(folder, 'postgres/cluster');

describe('the embedded PostgreSQL', () => {
  test('starts, writes to disk for good, stops, and is the same at the next start', async () => {
    const first = await startEmbeddedPostgres(folder);
    expect(await ask(first, 'show fsync')).toBe('on');
    expect(await ask(first, 'show synchronous_commit')).toBe('on');
    expect(await ask(first, 'show server_encoding')).toBe('UTF8');
    expect(await ask(first, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false);
    await ask(first, "create table word (w text); insert into word values ('商量')").catch(() => undefined);
    await first.stop();
    expect(readLockFile(cluster())).toBeUndefined();

    const second = await startEmbeddedPostgres(folder);
    expect(second.url).toBe(first.url);
    expect(await ask(second, 'select w from word')).toBe('商量');
    await second.stop();
  });

  test('keeps its passwords to itself', async () => {
    const postgres = await startEmbeddedPostgres(folder);
    for (const file of ['password', 'superuser.password'])
      expect((await stat(join(folder, 'postgres', file))).mode & 0o077, file).toBe(0);
    const stranger = new pg.Client({ connectionString: postgres.url.replace(/:[0-9a-f]{64}@/, ':guess@') });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    await postgres.stop();
  });

  test('is reached by a socket that only its own account may touch, beside the port', async () => {
    const postgres = await startEmbeddedPostgres(folder);
    const near = { ...postgres, url: postgres.nearUrl };
    expect(await ask(near, 'select inet_client_addr() is null')).toBe(true);
    expect(await ask(postgres, 'select inet_client_addr() is null')).toBe(false);
    const stranger = new pg.Client({ connectionString: near.url.replace(/:[0-9a-f]{64}@/, ':guess@') });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(cluster())).mode & 0o077).toBe(0);
    await postgres.stop();
  });

  test('keeps its socket when a second process comes to start it a moment later', async () => {
    const postgres = await startEmbeddedPostgres(folder);
    const running = readLockFile(cluster());
    const home = join(folder, 'postgres');
    // What the second did before it came to that: it looked while nothing ran yet.
    const same = await openCluster(home, await readFile(join(home, 'superuser.password'), 'utf8'));
    expect(await startCluster(same, running!.port)).toEqual(running);
    expect(await ask({ ...postgres, url: postgres.nearUrl }, 'select inet_client_addr() is null')).toBe(true);
    await postgres.stop();
  });

  test('is reached by the port alone where the folder lies too deep for a socket', async () => {
    const deep = join(folder, 'x'.repeat(90));
    const postgres = await startEmbeddedPostgres(deep);
    expect(postgres.nearUrl).toBe(postgres.url);
    expect(await ask(postgres, 'select 1')).toBe(1);
    await postgres.stop();
  });

  test('is taken over when kill -9 of its owner left it running', async () => {
    const { child, said } = await startElsewhere();
    expect(said).toBe('ready');
    child.kill('SIGKILL');
    const left = readLockFile(cluster());
    expect(left).toBeDefined();
    const postgres = await startEmbeddedPostgres(folder);
    expect(readLockFile(cluster())?.pid).toBe(left?.pid);
    expect(await ask(postgres, 'select count(*)::int from mark')).toBe(1);
    await postgres.stop();
  });

  test('comes back with every committed row when it was killed together with its owner', async () => {
    const { child } = await startElsewhere();
    const left = readLockFile(cluster());
    child.kill('SIGKILL');
    process.kill(left?.pid ?? Number.NaN, 'SIGKILL');
    const postgres = await startEmbeddedPostgres(folder);
    expect(await ask(postgres, 'select count(*)::int from mark')).toBe(1);
    await postgres.stop();
  });

  test('is not fooled by a lock file that names a living process which is no PostgreSQL', async () => {
    await (await startEmbeddedPostgres(folder)).stop();
    const lock = `${process.pid}\n${cluster()}\n1\n5432\n\n127.0.0.1\n\nready\n`;
    await writeFile(join(cluster(), 'postmaster.pid'), lock);
    const postgres = await startEmbeddedPostgres(folder);
    expect(await ask(postgres, 'select 1')).toBe(1);
    await postgres.stop();
  });

  test('is not stopped by a lock file that a crash left empty', async () => {
    await (await startEmbeddedPostgres(folder)).stop();
    await writeFile(join(cluster(), 'postmaster.pid'), '');
    const postgres = await startEmbeddedPostgres(folder);
    expect(await ask(postgres, 'select 1')).toBe(1);
    await postgres.stop();
  });

  test('is not fooled by a lock file that names the PostgreSQL of another folder', async () => {
    await (await startEmbeddedPostgres(folder)).stop();
    const elsewhere = await mkdtemp(join(tmpdir(), 'embedded-'));
    const other = await startEmbeddedPostgres(elsewhere);
    await ask(other, 'create table theirs (n int)').catch(() => undefined);
    const lock = await readFile(join(elsewhere, 'postgres/cluster/postmaster.pid'), 'utf8');
    await writeFile(join(cluster(), 'postmaster.pid'), lock);
    const postgres = await startEmbeddedPostgres(folder);
    expect(await ask(postgres, "select to_regclass('theirs')")).toBeNull();
    await postgres.stop();
    expect(await ask(other, 'select 1')).toBe(1);
    await other.stop();
    await rm(elsewhere, { recursive: true });
  });

  test('leaves nothing running when its database cannot be made', async () => {
    const postgres = await startEmbeddedPostgres(folder);
    const password = (await readFile(join(folder, 'postgres/superuser.password'), 'utf8')).trim();
    const url = postgres.url.replace(
      /shangliang:[0-9a-f]+@(.*)shangliang$/,
      `postgres:${password}@$1postgres`,
    );
    await ask({ ...postgres, url }, 'alter database postgres set default_transaction_read_only = on').catch(
      () => undefined,
    );
    await postgres.stop();
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(/read-only/);
    expect(readLockFile(cluster())).toBeUndefined();
  });

  test('can be visited while its owner runs it, and when nobody does', async () => {
    const owner = await startEmbeddedPostgres(folder);
    const guest = await visitEmbeddedPostgres(folder);
    await guest.stop();
    expect(guest.url).toBe(owner.url);
    expect(await ask(owner, 'select 1')).toBe(1);
    await owner.stop();
    const alone = await visitEmbeddedPostgres(folder);
    expect(await ask(alone, 'select 1')).toBe(1);
    await alone.stop();
    expect(readLockFile(cluster())).toBeUndefined();
  });

  test('refuses a second owner, and says what to do', async () => {
    const { said } = await startElsewhere();
    expect(said).toBe('ready');
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(/Another server is already using/);
  });

  test('takes another port when its own was taken meanwhile', async () => {
    const first = await startEmbeddedPostgres(folder);
    await first.stop();
    const port = Number(await readFile(join(folder, 'postgres/port'), 'utf8'));
    const { createServer } = await import('node:net');
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    const second = await startEmbeddedPostgres(folder);
    expect(second.url).not.toBe(first.url);
    expect(await ask(second, 'select 1')).toBe(1);
    await second.stop();
    await new Promise((resolve) => squatter.close(resolve));
  });

  test('runs below a folder that is closed to others', async () => {
    const inner = join(folder, 'closed/data');
    await mkdir(inner, { recursive: true });
    await chmod(join(folder, 'closed'), 0o700);
    const postgres = await startEmbeddedPostgres(inner);
    expect(await ask(postgres, 'select 1')).toBe(1);
    await postgres.stop();
  });
});
