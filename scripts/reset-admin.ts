// npm run reset-admin [-- LOGIN]: a new password for the administrator, shown this once. The server may run or not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../server/config.ts';
import { createAccountRecords } from '../server/db/account-records.ts';
import { openDatabase } from '../server/db/client.ts';
import { visitEmbeddedPostgres } from '../server/embedded/postgres.ts';
import { projectRoot } from '../server/paths.ts';
import { createPasswords } from '../server/services/passwords.ts';
import { resetAdmin } from '../server/services/reset-admin.ts';
import { systemClock, systemIds } from '../server/system.ts';

async function main(login: string | undefined): Promise<boolean> {
  const config = loadConfig();
  const nothingYet = config.embedded && !existsSync(join(config.DATA_DIR, 'postgres/cluster'));
  if (nothingYet)
    throw new Error(`There is no database under ${config.DATA_DIR} yet: start the server first.`);
  const visited =
    config.DATABASE_URL === undefined ? await visitEmbeddedPostgres(config.DATA_DIR) : undefined;
  const url = config.DATABASE_URL ?? visited?.url ?? '';
  const database = openDatabase({ url, poolSize: 2, onIdleError: () => undefined });
  try {
    const records = createAccountRecords(database.prisma);
    const deps = { records, passwords: createPasswords(), ids: systemIds, clock: systemClock };
    const done = await resetAdmin(deps, login);
    if (done.kind === 'reset') {
      console.log(`A new password, shown this once; older sign-ins have ended.`);
      console.log(`  login     ${done.login}\n  password  ${done.password}`);
      return true;
    }
    console.error(
      done.logins.length === 0
        ? 'There is no administrator yet: start the server first.'
        : `Say whose: npm run reset-admin -- LOGIN, with one of ${done.logins.join(', ')}.`,
    );
    return false;
  } finally {
    await database.close();
    await visited?.stop();
  }
}

const file = join(projectRoot, '.env');
if (existsSync(file)) process.loadEnvFile(file);
try {
  process.exitCode = (await main(process.argv[2])) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
