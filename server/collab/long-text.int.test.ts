import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DOORS } from '../../core/contract/limits.ts';
import { plainText, TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { withTransaction } from '../db/client.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { watchTurns } from '../testing/turns.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { TEXT_LIMITS } from './limits.ts';
import { outcomeOf } from './outcome.ts';
import { createTexts } from './texts.ts';

let database: TestDatabase;
let stage: Stage;
let texts: ReturnType<typeof createTexts>;
beforeAll(async () => {
  database = await testDatabase();
  stage = await createStage(database);
  texts = createTexts({ documentLog: stage.documentLog });
});
afterEach(async () => {
  stopRaw();
  await texts.close();
  await stage.end();
});
afterAll(() => database.drop());

/**
 * Most that the process may compute in one turn while a session is closed: its text passes through. Folded here it takes
 * over a second.
 */
const TURN_MS = 400;
const LETTERS = 300;

/** A paragraph as people write them: a sentence, some of it bold. */
function addParagraph(doc: Y.Doc): void {
  const words = new Y.XmlText();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [words]);
  doc.getXmlFragment(TEXT_FRAGMENT).push([paragraph]);
  words.insert(0, '法'.repeat(LETTERS));
  words.format(10, 20, { bold: {} });
}

/** Paragraph after paragraph, in edits as large as they may be, until no other has room. */
async function fill(): Promise<string> {
  const author = await stage.join('member');
  const doc = new Y.Doc();
  let size = 0;
  while (size + DOORS.updateBytes < TEXT_LIMITS.documentBytes) {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      for (let nth = 0; nth < 250; nth += 1) addParagraph(doc);
    });
    const data = Y.encodeStateAsUpdate(doc, before);
    size += data.byteLength;
    await stage.documentLog.append(stage.documentId, [
      { authorId: author.participantId, signInId: author.signInId, data },
    ]);
  }
  return plainText(outcomeOf(doc));
}

it('opens, refuses, shortens and seals a text of ten megabytes, and others have their turn meanwhile [W5] [O3]', async () => {
  const words = await fill();
  expect(words.length).toBeGreaterThan(3_000_000);
  const gateway = await stage.gateway();
  const [writer, reader] = [
    await rawClient(gateway, stage.documentId, await stage.join('member')),
    await rawClient(gateway, stage.documentId, await stage.join('resident')),
  ];
  for (const { doc } of [writer, reader]) expect(plainText(outcomeOf(doc))).toBe(words);
  writer.barrier(1);
  await until(() => writer.echoes.includes(1));
  typeInto(writer.doc, '法'.repeat(DOORS.updateBytes / 4));
  await until(() => writer.refusals.includes('TEXT_FULL'));
  writer.stop();
  const mark = await gateway.collab.compact(stage.documentId);
  expect(mark?.bytes).toBeGreaterThan(9 * 1024 * 1024);
  const turns = watchTurns();
  const sealed = await withTransaction(database.pool, (tx) => texts.seal(tx, stage.documentId));
  expect(turns.longestMs()).toBeLessThan(TURN_MS);
  expect(plainText(sealed.outcome)).toBe(words);
}, 120_000);
