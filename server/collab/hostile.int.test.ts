import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
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

describe('createCollab, under fire', () => {
  it('cuts whoever sends more than it may, keeps what was taken, and takes the rest later', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const flood = await rawClient(gateway, stage.documentId, person);
    for (let count = 0; count < 3_000; count += 1) flood.type('x');
    await until(
      () => flood.closeCode,
      (code) => code === 4529,
    );
    const back = await rawClient(gateway, stage.documentId, person, flood.doc);
    back.barrier(1);
    await until(
      () => back.echoes,
      (echoes) => echoes.includes(1),
    );
    expect(wordsOf(await stage.loaded())).toHaveLength(3_000);
  });

  it('refuses an update that is too large, and a frame that is larger still [W5]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const big = await rawClient(gateway, stage.documentId, person);
    big.barrier(0);
    big.type('字'.repeat(100_000));
    await until(
      () => big.closeCode,
      (code) => code === 4413,
    );
    expect(big.refusals).toContain('UPDATE_TOO_LARGE');
    const huge = await rawClient(gateway, stage.documentId, person);
    huge.send(new Uint8Array(3 * 1024 * 1024));
    await until(
      () => huge.closeCode,
      (code) => code === 4413,
    );
    expect(await stage.rows()).toEqual([]);
  });

  it('lets a client of another schema only read [W6]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const old = await rawClient(gateway, stage.documentId, person, new Y.Doc(), '?schema=0');
    old.barrier(1);
    await until(
      () => old.standings,
      (standings) => standings.includes('CLIENT_OUTDATED'),
    );
    old.type('旧');
    await until(
      () => old.refusals,
      (refusals) => refusals.includes('CLIENT_OUTDATED'),
    );
    expect(await stage.rows()).toEqual([]);
  });

  it('shares one commit among updates that arrive together, and a whole state costs no row', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const a = await rawClient(gateway, stage.documentId, person);
    for (let count = 0; count < 20; count += 1) a.type('y');
    a.barrier(1);
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(1),
    );
    expect(await stage.rows()).toHaveLength(20);
    a.update(Y.encodeStateAsUpdate(a.doc));
    a.barrier(2);
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(2),
    );
    expect(await stage.rows()).toHaveLength(20);
  });
});
