import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { gcUpdate, poisons } from '../testing/poisons.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopRaw();
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

describe('createCollab', () => {
  it('refuses edits under the client id of somebody else, and cuts the offender alone [W4]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const victim = stockClient(gateway, stage.documentId, await stage.join('recorder'));
    const attacker = await rawClient(gateway, stage.documentId, await stage.join('member'));
    victim.type('受害者');
    await until(
      () => wordsOf(attacker.doc),
      (text) => text === '受害者',
    );
    const clock = Y.getState(attacker.doc.store, victim.doc.clientID);
    // A collected struct of a million characters: the victim's later edits would all be "already known".
    attacker.update(gcUpdate(victim.doc.clientID, clock, 1_000_000));
    await until(
      () => attacker.closeCode,
      (code) => code === 4400,
    );
    victim.type('继续写');
    const late = stockClient(gateway, stage.documentId, await stage.join('member'));
    await until(late.text, (text) => text === '受害者继续写');
  });

  it('asks for the whole when something is missing, instead of keeping half [W5]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const a = await rawClient(gateway, stage.documentId, await stage.join('member'));
    a.mute(() => typeInto(a.doc, '丢失的'));
    a.type('后来的');
    await until(
      async () => wordsOf(await stage.loaded()),
      (text) => text === '丢失的后来的',
    );
    a.barrier(1);
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(1),
    );
  });

  it('keeps out nodes, marks and attributes that are not of the text [O1] [W5]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const good = stockClient(gateway, stage.documentId, person);
    good.type('邻居');
    await until(async () => (await stage.rows()).length === 1);
    for (const poison of poisons()) {
      const bad = await rawClient(gateway, stage.documentId, person);
      await until(
        () => wordsOf(bad.doc),
        (text) => text === '邻居',
      );
      poison(bad.doc);
      await until(
        () => bad.closeCode,
        (code) => code === 4400,
      );
    }
    expect(await stage.rows()).toHaveLength(1);
    expect(good.text()).toBe('邻居');
  });
});
