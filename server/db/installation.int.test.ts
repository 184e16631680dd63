import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { installationOf } from './installation.ts';

let dbs: TestDatabase[];

beforeAll(async () => {
  dbs = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(async () => {
  for (const db of dbs) await db.drop();
});

describe('installationOf', () => {
  it('names a database the same for every process, and each database differently', async () => {
    const [one, other] = dbs as [TestDatabase, TestDatabase];
    const names = [];
    for (const { pool } of [one, one, other]) names.push(await installationOf(pool));
    expect(names[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
  });

  it('names it all the same where the cluster may not be asked', async () => {
    const { pool } = dbs[0]!;
    // Whatever asks for the cluster is answered as by a database that keeps it to itself.
    const query = (sql: string) => pool.query(sql.includes('pg_control_system') ? 'create role x' : sql);
    const name = await installationOf({ query } as unknown as pg.Pool);
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(name).not.toBe(await installationOf(pool));
  });
});
