import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { createDocumentLog } from '../db/document-log.ts';
import type { Bus } from '../ports/bus.ts';
import { writer } from '../testing/queue-stage.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { withTextLimits } from '../testing/text-limits.ts';
import { createDocuments, type Documents } from './documents.ts';
import { readUpdate } from './guard.ts';

withTextLimits({ unloadMs: 5, idleRows: 4, pollMs: 50 });

/** TEXT_SOAK_MINUTES makes it long. */
const MINUTES = Number(process.env['TEXT_SOAK_MINUTES'] ?? 0);
const TEXTS = 200;
const AT_ONCE = 20;
const LEAST_OPENINGS = 1_200;

let database: TestDatabase;
const authors = new Map<DocumentId, ParticipantId>();
beforeAll(async () => {
  database = await testDatabase();
  const { rows } = await database.pool.query<{ id: DocumentId; author: ParticipantId }>(
    `with org as (insert into org (id, name, kind) values (gen_random_uuid(), 'o', 'cppcc') returning id),
     person as (insert into person (id, name) values (gen_random_uuid(), 'p') returning id),
     signed as (insert into sign_in (token_hash, person_id, expires_at)
       select decode($2, 'hex'), id, now() + interval '1 day' from person),
     made as (insert into session (id, org_id, title, mode, state, document_id)
       select gen_random_uuid(), org.id, 't', 'online', 'in_session', gen_random_uuid() from org, generate_series(1, $1)
       returning id, document_id),
     seated as (insert into participant (session_id, id, person_id, role, may_write_text)
       select made.id, gen_random_uuid(), person.id, 'member', true from made, person returning session_id, id)
     insert into document (id, session_id, writable) select document_id, made.id, true from made
     returning id, (select seated.id from seated where session_id = document.session_id) as author`,
    [TEXTS, writer().from.signInId],
  );
  for (const { id, author } of rows) authors.set(id, author);
});
afterAll(() => database.drop());

function countingBus() {
  const count = { subscriptions: 0 };
  const bus: Bus = {
    publish: () => undefined,
    subscribe: () => {
      count.subscriptions += 1;
      return Promise.resolve(() => void (count.subscriptions -= 1));
    },
    isHealthy: () => true,
    close: () => Promise.resolve(),
  };
  return { bus, count };
}

/** One visit: somebody opens the text, writes a mark, sees it saved, and leaves. */
async function visit(documents: Documents, documentId: DocumentId, mark: string): Promise<void> {
  const held = await documents.hold(documentId);
  if (held === null) throw new Error('no text');
  const { text, intake } = held.open;
  const queue = intake.queue();
  const { from, said } = writer();
  const authorId = authors.get(documentId);
  if (authorId === undefined) throw new Error('nobody');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(text.doc));
  doc.on('update', (data: Uint8Array) => {
    const update = readUpdate(data);
    if (update !== null) queue.push({ kind: 'update', from: { ...from, authorId }, update, answer: 0 });
  });
  typeInto(doc, mark);
  await until(() => said.includes('kept'));
  doc.destroy();
  held.leave();
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
function heapNow(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('createDocuments', () => {
  it(
    '25: opens and lets go of texts for as long as one likes, and keeps nothing of them',
    async () => {
      const { bus, count } = countingBus();
      const documentLog = createDocumentLog(database.pool);
      const log = pino({ level: 'silent' });
      const documents = createDocuments({ documentLog, bus, log, nowMs: () => performance.now() });
      const ids = [...authors.keys()];
      const saved = new Map<DocumentId, string[]>(ids.map((id) => [id, []]));
      const untilMs = performance.now() + MINUTES * 60_000;
      let opened = 0;
      const open = async (begin: number, isEnough: () => boolean) => {
        for (let at = begin; !isEnough(); at = (at + AT_ONCE) % ids.length) {
          const id = ids[at]!;
          const mark = `<${(opened += 1)}>`;
          await visit(documents, id, mark);
          saved.get(id)?.push(mark);
          // Held by whoever visits, or about to be let go; never more than there are, and the one for all.
          expect(count.subscriptions).toBeLessThanOrEqual(ids.length + 1);
        }
      };
      const all = (isEnough: () => boolean) =>
        Promise.all(Array.from({ length: AT_ONCE }, (_, begin) => open(begin, isEnough)));
      const isEmpty = async () => {
        // Texts are folded one after the other: this one's turn comes when all are.
        await documents.compact(ids[0]!);
        return documents.size() === 0 && count.subscriptions === 1;
      };
      await all(() => opened >= LEAST_OPENINGS / 2);
      await until(isEmpty);
      const [before, from] = [heapNow(), opened];
      await all(() => opened >= LEAST_OPENINGS && performance.now() >= untilMs);
      await until(isEmpty);
      // A text that is kept takes ten times as much; what the marks of this test take is in it.
      expect((heapNow() - before) / (opened - from)).toBeLessThan(3_000);
      await documents.close();
      expect(count.subscriptions).toBe(0);
      for (const [id, marks] of saved) {
        const held = await createDocuments({ documentLog, bus, log, nowMs: () => 0 }).hold(id);
        const words = held === null ? '' : wordsOf(held.open.text.doc);
        expect(marks.filter((mark) => !words.includes(mark))).toEqual([]);
      }
    },
    120_000 + MINUTES * 90_000,
  );
});
