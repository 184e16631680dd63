import { once } from 'node:events';
import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { createTextRecovery } from '../db/text-recovery.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { gcUpdate } from '../testing/poisons.ts';
import {
  createStage,
  headersOf,
  until,
  type Gateway,
  type Person,
  type Stage,
} from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
let gateway: Gateway;
let people: readonly Person[];
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  stage = await createStage(database);
  gateway = await stage.gateway();
  people = [await stage.join('member'), await stage.join('recorder'), await stage.join('member')];
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

const comeIn = (docs?: readonly Y.Doc[]) =>
  Promise.all(
    people.map((person, index) => rawClient(gateway, stage.documentId, person, docs?.[index] ?? new Y.Doc())),
  );

/** Three people write on and on; after their first round somebody takes a backup, which is put back in the end. */
async function loseAnHour(): Promise<{ readonly docs: readonly Y.Doc[]; readonly words: string }> {
  const clients = await comeIn();
  // The third is not known to the backup at all.
  for (const [index, client] of clients.slice(0, 2).entries()) await save(client, `<${index}>`, 1);
  const { rows: owners } = await database.pool.query<{ id: string }>(
    'select client_id as id from document_client where document_id = $1',
    [stage.documentId],
  );
  const backup = await stage.rows();
  for (let round = 2; round <= 4; round += 1)
    for (const [index, client] of clients.entries()) await save(client, `<${index}.${round}>`, round);
  const words = wordsOf(await stage.loaded());
  await until(
    () => clients.map(({ doc }) => wordsOf(doc)),
    (seen) => seen.every((text) => text === words),
  );
  stopRaw();
  await stage.end();
  await database.pool.query('delete from document_update where document_id = $1 and seq > $2', [
    stage.documentId,
    backup.length,
  ]);
  await database.pool.query('update document set head = $2 where id = $1', [stage.documentId, backup.length]);
  await database.pool.query(
    'delete from document_client where document_id = $1 and not client_id = any($2::bigint[])',
    [stage.documentId, owners.map(({ id }) => id)],
  );
  gateway = await stage.gateway();
  return { docs: clients.map(({ doc }) => doc), words };
}

const EMPTY = new Uint8Array([0, 0]);

function answerFrame(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    encoding.writeVarUint(encoder, syncProtocol.messageYjsSyncStep2);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** Somebody who answers our asking with what they like, and nothing else. */
async function liar(person: Person, { answers }: { readonly answers: Uint8Array }) {
  const socket = new WebSocket(`${gateway.url}/${stage.documentId}`, { headers: headersOf(person) });
  let closeCode: number | null = null;
  socket.on('close', (code) => {
    closeCode = code;
  });
  const [asked] = (await once(socket, 'message')) as [Buffer];
  expect([...asked.subarray(0, 2)]).toEqual([COLLAB_MESSAGE.sync, syncProtocol.messageYjsSyncStep1]);
  socket.send(answers);
  return { closeCode: () => closeCode, send: (frame: Uint8Array) => socket.send(frame) };
}

async function ownerOf(clientId: number): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ author: string }>(
    'select author_id as author from document_client where document_id = $1 and client_id = $2',
    [stage.documentId, clientId],
  );
  return rows[0]?.author;
}

describe('a text that came from a backup', () => {
  it('takes back from whoever was there what it lacks, cuts nobody, and everybody writes on [W15]', async () => {
    const { docs, words } = await loseAnHour();
    expect(wordsOf(await stage.loaded())).not.toBe(words);
    await createTextRecovery(database.pool).begin(1);
    const clients = await comeIn(docs);
    for (const [index, client] of clients.entries()) await save(client, `<后${index}>`, 10);
    expect(clients.map(({ closeCode }) => closeCode)).toEqual([null, null, null]);
    const loaded = await stage.loaded();
    for (const piece of words.match(/<[^>]+>/g) ?? []) expect(wordsOf(loaded)).toContain(piece);
    for (const [index] of people.entries()) expect(wordsOf(loaded)).toContain(`<后${index}>`);
    expect(loaded.store.pendingStructs).toBeNull();
    await until(
      () => clients.map(({ doc }) => wordsOf(doc)),
      (seen) => seen.every((text) => text === wordsOf(loaded)),
    );
    // Whoever brought what another wrote is not its owner.
    for (const [index, { doc }] of clients.entries())
      expect(await ownerOf(doc.clientID)).toBe(people[index]?.participantId);
  });

  it('takes it back from one who is there alone, and the others find it theirs later [W15]', async () => {
    const { docs, words } = await loseAnHour();
    await createTextRecovery(database.pool).begin(1);
    const [, , third] = people;
    if (third === undefined) throw new Error('nobody');
    const alone = await rawClient(gateway, stage.documentId, third, docs[2]);
    await save(alone, '<先到>', 10);
    for (const piece of words.match(/<[^>]+>/g) ?? []) expect(wordsOf(await stage.loaded())).toContain(piece);
    const clients = await comeIn(docs.map((doc, index) => (index === 2 ? new Y.Doc() : doc)));
    for (const [index, client] of clients.entries()) await save(client, `<后${index}>`, 11);
    expect([alone, ...clients].map(({ closeCode }) => closeCode)).toEqual([null, null, null, null]);
  });

  it('is forged by nobody: what is newly written stands under ids of their own [W4] [W15]', async () => {
    const { docs } = await loseAnHour();
    await createTextRecovery(database.pool).begin(1);
    const clients = await comeIn(docs);
    const [victim, , attacker] = clients;
    if (victim === undefined || attacker === undefined) throw new Error('nobody');
    await save(victim, '<我>', 10);
    await until(
      () => wordsOf(attacker.doc),
      (text) => text.includes('<我>'),
    );
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(attacker.doc));
    const before = Y.encodeStateVector(forged);
    forged.clientID = victim.doc.clientID;
    typeInto(forged, '冒名');
    attacker.update(Y.encodeStateAsUpdate(forged, before));
    await until(
      () => attacker.closeCode,
      (code) => code === CLOSE.malformed,
    );
    await save(victim, '<还是我>', 11);
    expect(wordsOf(await stage.loaded())).not.toContain('冒名');
  });

  it.each([
    ['asked for', 0],
    ['that nobody asked for', 1],
  ])(
    'lets nobody swallow what the others go on writing, in an answer %s [W1] [W15]',
    async (_what, before) => {
      const { docs } = await loseAnHour();
      await createTextRecovery(database.pool).begin(1);
      const [first, , third] = people;
      if (first === undefined || third === undefined) throw new Error('nobody');
      const victim = await rawClient(gateway, stage.documentId, first, docs[0]);
      await save(victim, '<我>', 10);
      const gone = new Y.Doc();
      Y.applyUpdate(gone, Y.encodeStateAsUpdate(victim.doc));
      // As if all that the victim will write were known already, and collected.
      const clientId = victim.doc.clientID;
      const forged = answerFrame(gcUpdate(clientId, Y.getState(gone.store, clientId), 1_000_000));
      const attacker = await liar(third, { answers: before === 0 ? forged : answerFrame(EMPTY) });
      if (before > 0) attacker.send(forged);
      await until(
        () => attacker.closeCode(),
        (code) => code === CLOSE.malformed,
      );
      await save(victim, '<还是我>', 11);
      expect(wordsOf(await stage.loaded())).toContain('<还是我>');
    },
  );

  it('takes nothing of others when its time is over, or was never declared [W4]', async () => {
    const { docs } = await loseAnHour();
    await createTextRecovery(database.pool).begin(1);
    await database.pool.query(`update document set recover_until = now() - interval '1 second'`);
    const [first] = people;
    if (first === undefined) throw new Error('nobody');
    const client = stockClient(gateway, stage.documentId, first, docs[0]);
    await until(client.closed, (code) => code === CLOSE.malformed);
  });
});
