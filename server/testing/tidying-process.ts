import { pino } from 'pino';
import { DocumentId } from '../../core/domain/ids.ts';
import { createCompactor } from '../collab/compaction.ts';
import { openDatabase } from '../db/client.ts';
import { createDocumentLog } from '../db/document-log.ts';
import { createTextRetention } from '../db/text-retention.ts';
import { tidyRound } from '../jobs/text-tidying.ts';

/**
 * A process that folds one text, or tidies, and dies at a certain moment. Arguments: database address, document, when:
 * encoded (there is a snapshot, nobody has it), replaced (it counts), deleting (rows are deleted, nothing is committed).
 */
const [url = '', document = '', when = ''] = process.argv.slice(2);
const { pool } = openDatabase({ url, poolSize: 4, onIdleError: () => undefined });
const documentLog = createDocumentLog(pool);
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

const compactor = createCompactor({
  load: documentLog.load,
  saveSnapshot: async (...asked) => {
    if (when === 'encoded') return die();
    await documentLog.saveSnapshot(...asked);
    return die();
  },
});
if (when === 'deleting') {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>; // -- reason: it has many forms, and all go through
    // The answer to the delete has come; the commit has not been asked for.
    const dying = (...given: unknown[]): Promise<unknown> => {
      const answer = query(...given);
      const [text] = given;
      return typeof text === 'string' && text.startsWith('delete') ? answer.then(die) : answer;
    };
    Object.assign(client, { query: dying });
  });
  await tidyRound({
    retention: createTextRetention(pool),
    compact: compactor.compact,
    log: pino({ level: 'silent' }),
  });
} else {
  await compactor.compact(DocumentId.parse(document));
}
