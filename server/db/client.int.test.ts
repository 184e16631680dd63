import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openDatabase, withTransaction } from './client.ts';

let database: TestDatabase;
const id = '00000000-0000-4000-8000-000000000001';

beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query('create table mark (n int unique)');
});
afterAll(async () => await database.drop());

describe('the pool', () => {
  test('serves plain SQL and Prisma', async () => {
    await database.pool.query("insert into org (id, name, kind) values ($1, '政协', 'cppcc')", [id]);
    expect(await database.prisma.org.findUnique({ where: { id } })).toMatchObject({ name: '政协' });
    await database.prisma.org.delete({ where: { id } });
  });

  test('commits to disk, whatever the database or the address is set to', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set synchronous_commit = off`);
    const hasty = encodeURIComponent('-c synchronous_commit=off -c work_mem=5MB');
    for (const url of [database.url, `${database.url}?options=${hasty}`]) {
      const careful = openDatabase({ url, poolSize: 2, onIdleError: () => undefined });
      const { rows } = await careful.pool.query('show synchronous_commit');
      expect(rows).toEqual([{ synchronous_commit: 'on' }]);
      await careful.close();
    }
    await database.pool.query(`alter database ${name} reset synchronous_commit`);
  });

  test('sees in each statement what was committed before it, whatever the database is set to [B33]', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
    const one = openDatabase({ url: database.url, poolSize: 2, onIdleError: () => undefined });
    const { rows } = await one.pool.query('show transaction_isolation');
    expect(rows).toEqual([{ transaction_isolation: 'read committed' }]);
    await one.close();
    await database.pool.query(`alter database ${name} reset default_transaction_isolation`);
  });

  test('ends a statement that takes too long', async () => {
    const hasty = openDatabase({
      url: database.url,
      poolSize: 2,
      statementTimeoutMs: 50,
      onIdleError: () => undefined,
    });
    await expect(hasty.pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    await hasty.close();
  });

  test('does not wait for ever for a lock', async () => {
    const hasty = openDatabase({
      url: database.url,
      poolSize: 2,
      lockTimeoutMs: 50,
      onIdleError: () => undefined,
    });
    await withTransaction(database.pool, async (client) => {
      await client.query('lock table mark');
      await expect(hasty.pool.query('select * from mark')).rejects.toMatchObject({ code: '55P03' });
    });
    await hasty.close();
  });

  test('goes on after PostgreSQL cut its connections', async () => {
    await database.pool.query('select 1');
    await database.pool
      .query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user',
      )
      .catch(() => undefined);
    await expect(database.pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });
});

describe('withTransaction', () => {
  const marks = async () => (await database.pool.query('select n from mark order by n')).rows;

  test('keeps everything or nothing', async () => {
    await withTransaction(database.pool, async (client) => {
      await client.query('insert into mark values (1)');
      await client.query('insert into mark values (2)');
    });
    const failing = withTransaction(database.pool, async (client) => {
      await client.query('insert into mark values (3)');
      await client.query('insert into mark values (1)');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await marks()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('passes on what it returns, and lends no connection that is still in a transaction', async () => {
    await withTransaction(database.pool, async () => await Promise.reject(new Error('no'))).catch(() => 0);
    const state = await withTransaction(database.pool, async (client) => {
      return (await client.query<{ n: string }>('select count(*) as n from mark')).rows[0]?.n;
    });
    expect(state).toBe('2');
    const { rows } = await database.pool.query(
      "select count(*)::int as n from pg_stat_activity where state like 'idle in%' and datname = current_database()",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('rejects, and does not hang, when the connection dies in the middle', async () => {
    const dying = withTransaction(database.pool, async (client) => {
      await client.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(dying).rejects.toThrow();
    expect(await marks()).toHaveLength(2);
  });
});
