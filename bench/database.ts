import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../server/db/client.ts';
import { migrate } from '../server/db/migrate.ts';
import { startEmbeddedPostgres } from '../server/embedded/postgres.ts';

/** A PostgreSQL of the bench's own, with the tables of the product and nothing in them. */
export async function benchDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'shangliang-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const database = openDatabase({ url: postgres.url, poolSize: 16, onIdleError: () => undefined });
  return {
    database,
    url: postgres.url,
    close: async () => {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
