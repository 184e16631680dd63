import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { paths } from '../paths.ts';
import { noFilter, withSchemaEngine } from './schema-engine.ts';

/** An arbitrary number that stands for "somebody is migrating" among advisory locks. */
const migrationLock = 7_342_018;

/**
 * Brings a database to this version's schema and tells which migrations it applied. Several processes may start at
 * once: one applies, the others wait for it and find nothing left to do.
 */
export async function migrate(url: string): Promise<string[]> {
  const holder = new pg.Client({ connectionString: url, application_name: 'shangliang-migrate' });
  await holder.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [migrationLock]);
    const migrationsList = await readMigrations();
    if (await isThere(holder, migrationsList)) return [];
    return await withSchemaEngine(url, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilter });
      return appliedMigrationNames;
    });
  } finally {
    // Ends the lock as well.
    await holder.end();
  }
}

/**
 * Whether exactly these migrations were applied, each to its end and as it is written now. Then Prisma's engine has
 * nothing to say, and a process that comes back need not load it first; everything else is the engine's to judge.
 */
async function isThere(holder: pg.Client, { migrationDirectories }: MigrationList): Promise<boolean> {
  const { rows: tables } = await holder.query<{ is_there: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as is_there`,
  );
  if (tables[0]?.is_there !== true) return false;
  const { rows } = await holder.query<{ name: string }>(
    `select migration_name || ' ' || checksum || case
         when finished_at is null or rolled_back_at is not null then ' failed' else '' end as name
     from _prisma_migrations`,
  );
  const wanted = migrationDirectories.map(({ path, migrationFile: { content } }) =>
    content.tag === 'ok' ? `${path} ${createHash('sha256').update(content.value).digest('hex')}` : path,
  );
  const found = rows.map(({ name }) => name).toSorted();
  return found.length === wanted.length && found.every((name, index) => name === wanted[index]);
}

/**
 * The SQL that would take a database from where its migrations brought it to schema.prisma. Without statements when
 * the two agree.
 */
export async function differenceToSchema(url: string): Promise<string> {
  const schema = { path: 'schema.prisma', content: await readFile(paths.schema, 'utf8') };
  return await withSchemaEngine(url, async (engine) => {
    const difference = await engine.diff({
      from: { tag: 'schemaDatasource', configDir: join(paths.schema, '..'), files: [schema] },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: noFilter,
    });
    return difference.stdout ?? '';
  });
}

async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(paths.migrations, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return {
    baseDir: paths.migrations,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(paths.migrations, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}
