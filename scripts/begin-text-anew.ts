// npm run begin-text-anew -- SESSION: empties the shared text of a session; browsers are told, and bring nothing back.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentId, SessionId } from '../core/domain/ids.ts';
import { beginAnew } from '../server/collab/begin-anew.ts';
import { loadConfig } from '../server/config.ts';
import { openDatabase } from '../server/db/client.ts';
import { createDocumentLog } from '../server/db/document-log.ts';
import { visitEmbeddedPostgres } from '../server/embedded/postgres.ts';
import { projectRoot } from '../server/paths.ts';

async function main(given: string | undefined): Promise<void> {
  const sessionId = SessionId.safeParse(given);
  if (!sessionId.success)
    throw new Error('Say whose: npm run begin-text-anew -- SESSION, its id in the address.');
  const config = loadConfig();
  const visited =
    config.DATABASE_URL === undefined ? await visitEmbeddedPostgres(config.DATA_DIR) : undefined;
  const url = config.DATABASE_URL ?? visited?.url ?? '';
  const database = openDatabase({ url, poolSize: 2, onIdleError: () => undefined });
  try {
    const session = await database.prisma.session.findUnique({ where: { id: sessionId.data } });
    if (session === null) throw new Error('There is no such session.');
    const documentLog = createDocumentLog(database.pool);
    if (!(await beginAnew(documentLog, DocumentId.parse(session.documentId))))
      throw new Error('Its text takes no writing: the session is not open yet, or closed.');
    console.log('The text is empty. Whoever had it open is told.');
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
