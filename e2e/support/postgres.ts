import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../server/embedded/postgres.ts';
import { startProcess } from './server-process.ts';

/** Where the run's PostgreSQL is told to the workers. */
export const POSTGRES_VARIABLE = 'E2E_POSTGRES_URL';
/** A database with the demo in it, of which every stack gets a copy. */
export const TEMPLATE = 'seeded';

/** Starts the run's own PostgreSQL and lets a real server fill one database with the demo. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-'));
  const postgres = await startEmbeddedPostgres(folder);
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await administer(postgres.url, `create database ${TEMPLATE}`);
    const server = await startProcess({ databaseUrl: databaseAt(postgres.url, TEMPLATE), redisUrl: null });
    await server.stop();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, stop };
}

/** The address of another database of the same server. */
export function databaseAt(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on the server. */
export async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
