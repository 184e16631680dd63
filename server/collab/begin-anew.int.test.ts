import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLOSE } from '../../core/contract/errors.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Gateway, type Person, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';
import { beginAnew } from './begin-anew.ts';

let database: TestDatabase;
let stage: Stage;
let here: Gateway;
let there: Gateway;
let member: Person;
let recorder: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  stage = await createStage(database);
  [here, there] = [await stage.gateway(), await stage.gateway()];
  [member, recorder] = [await stage.join('member'), await stage.join('recorder')];
});
afterEach(async () => {
  stopRaw();
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

async function save(client: RawClient, words: string, version: number): Promise<void> {
  client.type(words);
  client.barrier(version);
  await until(
    () => client.echoes,
    (echoes) => echoes.includes(version),
  );
}

const isReset = (code: number | null) => code === CLOSE.reset;

describe(beginAnew.name, () => {
  it('tells everybody who has the text open, in every process, and begins with nothing [W16]', async () => {
    const writer = await rawClient(here, stage.documentId, member);
    const stock = stockClient(there, stage.documentId, recorder);
    const reader = await rawClient(there, stage.documentId, await stage.join('resident'));
    await save(writer, '从前的', 1);
    await until(stock.text, (text) => text === '从前的');
    expect(await beginAnew(stage.documentLog, stage.documentId)).toBe(true);
    // No bus and nobody types: the poll finds it.
    await until(() => writer.closeCode, isReset);
    await until(() => reader.closeCode, isReset);
    await until(stock.closed, isReset);

    const fresh = await rawClient(here, stage.documentId, member);
    expect(wordsOf(fresh.doc)).toBe('');
    await save(fresh, '新的', 1);
    const other = await rawClient(there, stage.documentId, recorder);
    await until(
      () => wordsOf(other.doc),
      (text) => text === '新的',
    );
    await save(other, '一起', 1);
    expect(wordsOf(await stage.loaded())).toBe('新的一起');
  });

  it('lets nobody bring the earlier text back, writer or reader, and mixes nothing in [W16]', async () => {
    const writer = await rawClient(here, stage.documentId, member);
    await save(writer, '从前的', 1);
    const reader = await rawClient(here, stage.documentId, await stage.join('resident'));
    const offline = [writer, reader].map(({ doc }) => doc);
    stopRaw();
    await beginAnew(stage.documentLog, stage.documentId);
    // A third process, which never knew the earlier text.
    const late = await stage.gateway();
    for (const doc of offline) {
      const stock = stockClient(late, stage.documentId, member, doc);
      await until(stock.closed, isReset);
    }
    expect(wordsOf(await stage.loaded())).toBe('');
    expect(await stage.rows()).toHaveLength(1);
  });

  it('stores nothing of before, also by a process that has not heard of it yet [W16]', async () => {
    const writer = await rawClient(here, stage.documentId, member);
    await save(writer, '从前的', 1);
    await beginAnew(stage.documentLog, stage.documentId);
    writer.type('还在写');
    writer.barrier(2);
    await until(() => writer.closeCode, isReset);
    expect(writer.echoes).toEqual([1]);
    expect(await stage.rows()).toHaveLength(1);
    const draft = { authorId: member.participantId, signInId: member.signInId, data: new Uint8Array([0, 0]) };
    expect(await stage.documentLog.append(stage.documentId, [draft], 0)).toEqual({ kind: 'anew' });
  });

  it('leaves alone a text that takes no writing, and one that is not there [W16]', async () => {
    await database.pool.query('update document set writable = false where id = $1', [stage.documentId]);
    expect(await beginAnew(stage.documentLog, stage.documentId)).toBe(false);
    expect(await beginAnew(stage.documentLog, stage.sessionId as unknown as typeof stage.documentId)).toBe(
      false,
    );
    expect(await stage.documentLog.beginning(stage.documentId)).toMatchObject({ generation: 0 });
  });
});
