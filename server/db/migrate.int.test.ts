import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../paths.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { differenceToSchema, migrate } from './migrate.ts';

const migrations = readdirSync(paths.migrations, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase({ empty: true });
});
afterEach(async () => await database.drop());

describe('migrate', () => {
  test('brings a fresh database up, and finds nothing to do the second time', async () => {
    expect(await migrate(database.url)).toEqual(migrations);
    expect(await migrate(database.url)).toEqual([]);
    expect(await database.prisma.person.count()).toBe(0);
  });

  test('leaves it to the engine when what was applied is not what is written', async () => {
    await migrate(database.url);
    const count = async () =>
      (await database.pool.query('select from _prisma_migrations where finished_at is not null')).rowCount;
    const last = migrations[migrations.length - 1];
    await database.pool.query(
      'update _prisma_migrations set finished_at = null, applied_steps_count = 0 where migration_name = $1',
      [last],
    );
    await expect(migrate(database.url)).rejects.toThrow(last);
    expect(await count()).toBe(migrations.length - 1);
  });

  test('lets one of several starting processes do it while the others wait', async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(async () => await migrate(database.url)));
    expect(applied.flat()).toEqual(migrations);
    const { rows } = await database.pool.query('select migration_name from _prisma_migrations order by 1');
    expect(rows.map((row: { migration_name: string }) => row.migration_name)).toEqual(migrations);
  });

  test('makes exactly what schema.prisma describes', async () => {
    await migrate(database.url);
    const statements = (await differenceToSchema(database.url))
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('--'));
    expect(statements).toEqual([]);
  });

  test('would notice a table that no migration made', async () => {
    await migrate(database.url);
    await database.pool.query('create table stray (id int primary key)');
    expect(await differenceToSchema(database.url)).toContain('DROP TABLE "stray"');
  });
});
