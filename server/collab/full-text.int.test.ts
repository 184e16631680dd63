import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Gateway, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';
import { withTextLimits } from '../testing/text-limits.ts';
import { TEXT_LIMITS } from './limits.ts';

// A small house: nothing else is folded here, because nothing rests for long enough.
withTextLimits({ documentBytes: 200 * 1024, pollMs: 50 });

let database: TestDatabase;
let stage: Stage;
let gateway: Gateway;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  stage = await createStage(database);
  gateway = await stage.gateway();
});
afterEach(async () => {
  stopRaw();
  await stage.end();
});
afterAll(() => database.drop());

const PIECE = 30_000;
const REFUSED = '写不进的话';

async function comeIn(): Promise<RawClient> {
  const client = await rawClient(gateway, stage.documentId, await stage.join('member'));
  client.barrier(1);
  await until(() => client.echoes.includes(1));
  return client;
}

/** Writes until there is no room for another letter, and then a few words more. */
async function fill(client: RawClient): Promise<void> {
  let overhead = 100;
  for (let step = 2; ; step += 1) {
    const rows = await stage.rows();
    const left = TEXT_LIMITS.documentBytes - rows.reduce((sum, { data }) => sum + data.byteLength, 0);
    const letters = Math.min(PIECE, left - overhead);
    if (letters < 1) break;
    client.type('x'.repeat(letters));
    client.barrier(step);
    await until(() => client.echoes.includes(step));
    overhead = ((await stage.rows()).at(-1)?.data.byteLength ?? 0) - letters;
  }
  expect(client.refusals).toEqual([]);
  client.type(REFUSED);
  await until(() => client.refusals.length > 0);
  expect(client.refusals).toEqual(['TEXT_FULL']);
}

/** As a browser does that holds what is not saved: it asks, again and again. */
async function saved(client: RawClient): Promise<void> {
  const next = Math.max(...client.echoes) + 10_000;
  await until(() => {
    client.barrier(next);
    return client.echoes.includes(next);
  });
}

function wordsIn(doc: Y.Doc): Y.XmlText {
  const paragraph = doc.getXmlFragment(TEXT_FRAGMENT).get(0);
  const words = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(words instanceof Y.XmlText)) throw new Error('no words');
  return words;
}

describe('a full text', () => {
  it('is written in again once all of it was deleted, with what was refused [W5]', async () => {
    const writer = await comeIn();
    await fill(writer);
    const words = wordsIn(writer.doc);
    words.delete(0, words.length);
    await saved(writer);
    writer.type('又能写了');
    await saved(writer);
    expect(wordsOf(await stage.loaded())).toBe('又能写了');
    expect([new Set(writer.refusals), writer.closeCode]).toEqual([new Set(['TEXT_FULL']), null]);
  });

  it('takes what was refused when somebody else made room, without another keystroke [W1]', async () => {
    const [writer, other] = [await comeIn(), await comeIn()];
    await fill(writer);
    await until(() => wordsOf(other.doc).length > 6 * PIECE);
    wordsIn(other.doc).delete(0, 2 * PIECE);
    await saved(writer);
    expect(wordsOf(await stage.loaded())).toBe(wordsOf(writer.doc));
    expect(wordsOf(writer.doc).endsWith(REFUSED)).toBe(true);
    expect(wordsOf(other.doc)).toBe(wordsOf(writer.doc));
  });
});
