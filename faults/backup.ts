import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../server/embedded/postgres.ts';

/** A PostgreSQL that came out of a backup. */
export type Restored = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Copies a PostgreSQL while it is at work, as a base backup does, and starts the copy elsewhere. It replays the log that
 * was written meanwhile: what was committed before the end of the copy is in it.
 */
export async function backUpAndRestore(folder: string): Promise<Restored> {
  const fresh = await mkdtemp(join(tmpdir(), 'restored-'));
  const [from, to] = [join(folder, 'postgres'), join(fresh, 'postgres')];
  try {
    await copyAtWork(from, to);
    const postgres = await startEmbeddedPostgres(fresh);
    const close = async () => {
      await postgres.stop();
      await rm(fresh, { recursive: true, force: true });
    };
    return { url: postgres.url, close };
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

async function copyAtWork(from: string, to: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(readFileSync(join(from, 'port'), 'utf8')),
    user: 'postgres',
    password: readFileSync(join(from, 'superuser.password'), 'utf8').trim(),
    database: 'postgres',
  });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('copy', true)`);
    copy(from, to);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    const [mine, theirs] = [join(to, 'cluster'), join(from, 'cluster')];
    // Last: with it the copy is whole, whatever was written while it was made.
    copy(`${theirs}/pg_wal/.`, `${mine}/pg_wal`);
    const label = join(mine, 'backup_label');
    writeFileSync(label, rows[0]?.labelfile ?? '');
    const { uid, gid } = statSync(join(mine, 'PG_VERSION'));
    chownSync(label, uid, gid);
    // They speak of the other one, which still runs.
    for (const name of ['postmaster.pid', 'postmaster.opts']) rmSync(join(mine, name), { force: true });
    rmSync(join(to, 'port'), { force: true });
  } finally {
    await client.end();
  }
}

/** With owners and modes, without which PostgreSQL does not start. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  // A file that goes while we copy is no loss: the log says that it went.
  const others = stderr.split('\n').filter((line) => line !== '' && !line.includes('No such file'));
  if (status !== 0 && others.length > 0) throw new Error(`the copy failed: ${others.join('; ')}`);
}
