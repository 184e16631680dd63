import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../db/migrate.ts';
import { startEmbeddedPostgres } from '../embedded/postgres.ts';
import { databaseUrl, templateName } from './database-names.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The test run's own PostgreSQL; testDatabase() makes databases on it. */
    postgresUrl: string;
  }
}

/** Starts one real PostgreSQL for the run and migrates one database, of which every test file gets a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'int-'));
  const postgres = await startEmbeddedPostgres(folder);
  try {
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query(`create database ${templateName}`);
    await admin.end();
    await allow(postgres.url, await readFile(join(folder, 'postgres/superuser.password'), 'utf8'));
    await migrate(databaseUrl(postgres.url, templateName));
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Lets a test say who of two in a deadlock is ended: whoever looks first, after as long as this parameter says. */
async function allow(url: string, password: string): Promise<void> {
  const { hostname: host, port, username } = new URL(url);
  const superuser = new pg.Client({
    host,
    port: Number(port),
    user: 'postgres',
    password: password.trim(),
    database: 'postgres',
  });
  await superuser.connect();
  await superuser.query(`grant set on parameter deadlock_timeout to ${username}`);
  await superuser.end();
}
