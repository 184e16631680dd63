import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { gcUpdate } from '../testing/poisons.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { stockClient, stopClients, type Client } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { joinedBuses } from '../testing/text-buses.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { presenceFrame } from './wire.ts';

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
const CURSOR = { anchor: { tname: TEXT_FRAGMENT }, head: { tname: TEXT_FRAGMENT } };

/** Who stands at a cursor, as a client sees it; null: nobody. */
function nameAt(client: Client, clientId: number): unknown {
  const user: unknown = client.provider.awareness.getStates().get(clientId)?.['user'];
  return typeof user === 'object' && user !== null && 'name' in user ? user.name : null;
}

async function owners(): Promise<Map<number, string>> {
  const { rows } = await database.pool.query<{ id: string; author: string }>(
    'select client_id as id, author_id as author from document_client where document_id = $1',
    [stage.documentId],
  );
  return new Map(rows.map(({ id, author }) => [Number(id), author]));
}

/** What somebody writes first under a client id. */
function firstUnder(clientId: number, words: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  typeInto(doc, words);
  return Y.encodeStateAsUpdate(doc);
}

describe('createCollab', () => {
  it('16: makes an id its owner’s before anybody hears of it, and cuts whoever writes under it [W10]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const honest = await stage.join('member', '王委员');
    const victim = await rawClient(gateway, stage.documentId, honest);
    const onlooker = stockClient(gateway, stage.documentId, await stage.join('recorder'));
    const attacker = await rawClient(gateway, stage.documentId, await stage.join('member'));
    victim.presence(victim.doc.clientID, { cursor: CURSOR });
    await until(
      () => nameAt(onlooker, victim.doc.clientID),
      (name) => name === '王委员',
    );
    expect((await owners()).get(victim.doc.clientID)).toBe(honest.participantId);
    // Before the victim's first edit: the id would have been the attacker's for ever.
    attacker.update(firstUnder(victim.doc.clientID, '先占'));
    await until(
      () => attacker.closeCode,
      (code) => code === 4400,
    );
    victim.type('照样能写');
    victim.barrier(1);
    await until(
      () => victim.echoes,
      (echoes) => echoes.includes(1),
    );
    expect(wordsOf(await stage.loaded())).toBe('照样能写');
    expect(victim.closeCode).toBeNull();
  });

  it('16: takes no forged item under the id of somebody who wrote, collected or not [W4]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const victim = await rawClient(gateway, stage.documentId, await stage.join('recorder'));
    victim.type('原文');
    victim.barrier(1);
    await until(
      () => victim.echoes,
      (echoes) => echoes.includes(1),
    );
    const { clientID } = victim.doc;
    const clock = Y.getState(victim.doc.store, clientID);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(victim.doc));
    const known = Y.encodeStateVector(copy);
    copy.clientID = clientID;
    typeInto(copy, '伪造');
    for (const forged of [Y.encodeStateAsUpdate(copy, known), gcUpdate(clientID, clock, 10)]) {
      const attacker = await rawClient(gateway, stage.documentId, await stage.join('member'));
      attacker.update(forged);
      await until(
        () => attacker.closeCode,
        (code) => code === 4400,
      );
    }
    victim.type('，续写');
    victim.barrier(2);
    await until(
      () => victim.echoes,
      (echoes) => echoes.includes(2),
    );
    expect(wordsOf(await stage.loaded())).toBe('原文，续写');
  });

  it('lets nobody stand at a cursor of another process, not even by an echo [W7] [W10]', async () => {
    stage = await createStage(database);
    const [one, two] = joinedBuses(2);
    const [here, there] = [await stage.gateway(one), await stage.gateway(two)];
    const victim = await rawClient(here, stage.documentId, await stage.join('member', '王委员'));
    const thief = await stage.join('observer', '李某');
    const late = await rawClient(there, stage.documentId, thief);
    const onlooker = stockClient(there, stage.documentId, await stage.join('recorder'));
    victim.presence(7, { cursor: CURSOR });
    await until(
      () => nameAt(onlooker, 7),
      (name) => name === '王委员',
    );
    late.barrier(1);
    await stage.setRole(thief, { role: 'member' });
    await until(
      () => late.standings,
      (standings) => standings.includes(''),
    );
    // What a stock client does with every cursor that it hears: the first frame of this connection names another's.
    late.presence(7, { cursor: CURSOR }, 2);
    late.presence(8, { cursor: CURSOR }, 2);
    await until(
      () => nameAt(onlooker, 8),
      (name) => name === '李某',
    );
    expect(nameAt(onlooker, 7)).toBe('王委员');
    victim.presence(7, { cursor: null }, 3);
    await until(
      () => onlooker.provider.awareness.getStates().get(7),
      (state) => state !== undefined && !('cursor' in state),
    );
    expect(nameAt(onlooker, 7)).toBe('王委员');
  });

  it('lets the same person go on with their cursor by another process, and by a form of address [W7] [U2]', async () => {
    stage = await createStage(database);
    const [one, two] = joinedBuses(2);
    const [here, there] = [await stage.gateway(one), await stage.gateway(two)];
    const person = await stage.join('member', '王委员');
    const onlooker = stockClient(there, stage.documentId, await stage.join('recorder'));
    const before = await rawClient(here, stage.documentId, person);
    before.presence(7, {}, 1);
    await until(
      () => nameAt(onlooker, 7),
      (name) => name === '王委员',
    );
    const after = await rawClient(there, stage.documentId, person);
    after.presence(7, { cursor: CURSOR }, 2);
    await until(
      () => onlooker.provider.awareness.getStates().get(7),
      (state) => state !== undefined && 'cursor' in state,
    );
    before.stop();
    const witness = stockClient(there, stage.documentId, await stage.join('recorder'));
    await until(
      () => nameAt(witness, 7),
      (name) => name === '王委员',
    );
    await stage.setRole(person, { name: '委员 1' });
    await until(
      () => nameAt(witness, 7),
      (name) => name === null,
    );
    after.presence(7, { cursor: CURSOR }, 3);
    await until(
      () => nameAt(witness, 7),
      (name) => name === '委员 1',
    );
  });

  it('20: floods and lies of one about cursors reach nobody, and cost the others nothing [W7]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const victim = await rawClient(gateway, stage.documentId, await stage.join('member', '王委员'));
    const onlooker = stockClient(gateway, stage.documentId, await stage.join('recorder', '记录员'));
    const attacker = await rawClient(gateway, stage.documentId, await stage.join('member', '李某'));
    victim.presence(7, { cursor: CURSOR });
    await until(
      () => nameAt(onlooker, 7),
      (name) => name === '王委员',
    );
    // Another's id, and another's leaving.
    attacker.presence(7, { user: { name: '冒名' }, cursor: CURSOR }, 50);
    attacker.presence(7, null, 51);
    // Five thousand ids in one frame.
    const crowd = Array.from({ length: 5_000 }, (_, n) => ({
      clientId: 1_000 + n,
      clock: 1,
      json: '{"a":1}',
    }));
    attacker.send(presenceFrame(crowd));
    // A false name, two hundred times.
    const { frames } = victim;
    for (let clock = 1; clock <= 200; clock += 1)
      attacker.presence(9, { user: { name: '主席', role: 'host' }, cursor: CURSOR }, clock);
    await until(
      () => nameAt(onlooker, 9),
      (name) => name === '李某',
    );
    attacker.type('仍可写');
    attacker.barrier(1);
    await until(
      () => attacker.echoes,
      (echoes) => echoes.includes(1),
    );
    expect([...onlooker.provider.awareness.getStates().keys()].sort((a, b) => a - b)).toEqual(
      [7, 9, onlooker.doc.clientID].sort((a, b) => a - b),
    );
    expect(nameAt(onlooker, 7)).toBe('王委员');
    expect(victim.frames - frames).toBeLessThan(10);
    // Everybody's cursors, five hundred times.
    const heard = attacker.frames;
    for (let n = 0; n < 500; n += 1) attacker.send(Uint8Array.from([COLLAB_MESSAGE.queryAwareness]));
    attacker.barrier(2);
    await until(
      () => attacker.echoes,
      (echoes) => echoes.includes(2),
    );
    expect(attacker.frames - heard).toBeLessThan(100);
    // A state of a megabyte ends its own connection.
    const heavy = await rawClient(gateway, stage.documentId, await stage.join('member'));
    heavy.presence(10, { cursor: CURSOR, ballast: 'x'.repeat(900_000) });
    await until(
      () => heavy.closeCode,
      (code) => code === 4400,
    );
    expect([victim.closeCode, attacker.closeCode]).toEqual([null, null]);
  });

  it('bounds the ids that one person brings into a text, and lets the others write [W10]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const crowd = await rawClient(gateway, stage.documentId, await stage.join('member'));
    const honest = await rawClient(gateway, stage.documentId, await stage.join('recorder'));
    for (let id = 1; id <= 80; id += 1) crowd.update(firstUnder(id, '.'));
    await until(
      () => crowd.closeCode,
      (code) => code === 4529,
    );
    honest.type('他人照写');
    honest.barrier(1);
    await until(
      () => honest.echoes,
      (echoes) => echoes.includes(1),
    );
    expect((await owners()).size).toBeLessThanOrEqual(66);
  });

  it('tells a reader once more that nobody sees their cursor [W6]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const reader = await rawClient(gateway, stage.documentId, await stage.join('resident'));
    reader.barrier(1);
    for (const clock of [1, 2, 3]) reader.presence(7, { cursor: CURSOR }, clock);
    reader.barrier(2);
    await until(
      () => reader.echoes,
      (echoes) => echoes.includes(2),
    );
    expect(reader.standings).toEqual(['ROLE_MAY_NOT', 'ROLE_MAY_NOT']);
    expect((await owners()).size).toBe(0);
  });
});
