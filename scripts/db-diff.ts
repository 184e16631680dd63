// npm run db:diff -- NAME: writes the migration from what the existing migrations make to prisma/schema.prisma.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differenceToSchema, migrate } from '../server/db/migrate.ts';
import { startEmbeddedPostgres } from '../server/embedded/postgres.ts';
import { paths } from '../server/paths.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('usage: npm run db:diff -- name_in_snake_case');
  process.exit(1);
}

const scratch = await mkdtemp(join(tmpdir(), 'db-diff-'));
const postgres = await startEmbeddedPostgres(scratch);
try {
  const applied = await migrate(postgres.url);
  console.log(`applied ${applied.length} existing migration(s) to a scratch database`);
  const sql = await differenceToSchema(postgres.url);
  if (/^(?!--)\s*\S/m.test(sql)) {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(paths.migrations, `${stamp}_${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(paths.migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
    await writeFile(join(folder, 'migration.sql'), `${sql.trim()}\n`);
    console.log(`wrote ${folder}/migration.sql: read it before you commit it`);
  } else {
    console.log('schema and migrations agree: nothing to write');
  }
} finally {
  await postgres.stop();
  await rm(scratch, { recursive: true, force: true });
}
