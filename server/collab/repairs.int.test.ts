import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentLog } from '../db/document-log.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopRaw();
  await stage.end();
});
afterAll(() => database.drop());

describe('createCollab', () => {
  it('tells no reader that something is lost because another process knew it first [W6]', async () => {
    // No process looks at the log by itself: what it has not heard of, it does not know.
    const log = { ...createDocumentLog(database.pool), heads: () => Promise.resolve(new Map()) };
    stage = await createStage(database, log);
    const [ahead, behind] = [await stage.gateway(), await stage.gateway()];
    const resident = await stage.join('resident');
    const keeps = await rawClient(behind, stage.documentId, await stage.join('recorder'));
    const writer = await rawClient(ahead, stage.documentId, await stage.join('member'));
    const reader = await rawClient(ahead, stage.documentId, resident);
    writer.type('先到');
    await until(
      () => wordsOf(reader.doc),
      (words) => words === '先到',
    );
    reader.stop();
    const back = await rawClient(behind, stage.documentId, resident, reader.doc);
    back.barrier(1);
    await until(
      () => back.echoes,
      (echoes) => echoes.includes(1),
    );
    expect(back.refusals).toEqual([]);
    await until(
      () => wordsOf(keeps.doc),
      (words) => words === '先到',
    );
    // What they really wrote is told, and not called saved before.
    back.type('越权');
    back.barrier(2);
    await until(
      () => back.refusals,
      (refusals) => refusals.includes('ROLE_MAY_NOT'),
    );
    expect(back.echoes).toEqual([1]);
    expect(wordsOf(await stage.loaded())).toBe('先到');
  });

  it('saves what was refused while a right was gone for a moment, without another keystroke [W3]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const member = await stage.join('member');
    const a = await rawClient(gateway, stage.documentId, member);
    // Only the log knows: the room in memory says all the while that they may write.
    await database.pool.query('update participant set may_write_text = false where id = $1', [
      member.participantId,
    ]);
    a.type('暂被拒');
    a.barrier(1);
    await until(
      () => a.refusals,
      (refusals) => refusals.includes('ROLE_MAY_NOT'),
    );
    await database.pool.query('update participant set may_write_text = true where id = $1', [
      member.participantId,
    ]);
    await until(
      () => {
        a.barrier(2);
        return a.echoes;
      },
      (echoes) => echoes.includes(2),
    );
    expect(wordsOf(await stage.loaded())).toBe('暂被拒');
  });
});
