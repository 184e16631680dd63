// npm run recover-texts [-- HOURS]: after a restore, shared texts take back what browsers have and the backup lacks.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../server/config.ts';
import { openDatabase } from '../server/db/client.ts';
import { migrate } from '../server/db/migrate.ts';
import { createTextRecovery } from '../server/db/text-recovery.ts';
import { visitEmbeddedPostgres } from '../server/embedded/postgres.ts';
import { projectRoot } from '../server/paths.ts';

/** A meeting and the night after it. */
const HOURS = 24;
const MOST_HOURS = 24 * 7;

async function main(given: string | undefined): Promise<void> {
  const hours = given === undefined ? HOURS : Number(given);
  if (!Number.isInteger(hours) || hours < 1 || hours > MOST_HOURS)
    throw new Error(`Say for how many hours, 1 to ${MOST_HOURS}: npm run recover-texts -- ${HOURS}`);
  const config = loadConfig();
  const visited =
    config.DATABASE_URL === undefined ? await visitEmbeddedPostgres(config.DATA_DIR) : undefined;
  const url = config.DATABASE_URL ?? visited?.url ?? '';
  // A backup may be older than the program.
  await migrate(url);
  const database = openDatabase({ url, poolSize: 2, onIdleError: () => undefined });
  try {
    const texts = await createTextRecovery(database.pool).begin(hours);
    console.log(`For ${hours} hours ${texts} texts take back what browsers still have.`);
  } finally {
    await database.close();
    await visited?.stop();
  }
}

const file = join(projectRoot, '.env');
if (existsSync(file)) process.loadEnvFile(file);
try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
