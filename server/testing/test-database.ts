import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../db/client.ts';
import { databaseUrl, dropping, templateName } from './database-names.ts';

/** A real database that belongs to one test file. */
export type TestDatabase = Database & {
  readonly url: string;
  /** Closes the pool and drops the database; call it in afterAll. */
  readonly drop: () => Promise<void>;
};

/** Makes a database with the schema and no rows; with empty, one that was never migrated. */
export async function testDatabase({ empty = false, poolSize = 8 } = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name} template ${empty ? 'template0' : templateName}`);
  const url = databaseUrl(server, name);
  const database = openDatabase({ url, poolSize, onIdleError: () => undefined });
  return {
    ...database,
    url,
    drop: async () => {
      await database.close();
      for (const sql of dropping(name)) await administer(server, sql);
    },
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}
