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
