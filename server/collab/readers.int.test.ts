import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { stockClient, stopClients, type Client } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Gateway, type Person, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
let gateway: Gateway;
let onlooker: Client;
let recorder: Person;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  stage = await createStage(database);
  gateway = await stage.gateway();
  recorder = await stage.join('recorder');
  onlooker = stockClient(gateway, stage.documentId, recorder);
  await until(() => onlooker.provider.synced);
  onlooker.type('正文');
  await until(stage.rows, (rows) => rows.length === 1);
});
afterEach(async () => {
  stopRaw();
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

const lock = () =>
  database.pool.query('update document set writable = false where id = $1', [stage.documentId]);

/** Whoever may not write, and why; comes: what is so before they come in, turns: what becomes so while they are in. */
const READERS = [
  { who: 'somebody of a reading role', reason: 'ROLE_MAY_NOT', role: 'resident' },
  {
    who: 'a writer before the session opens',
    reason: 'SESSION_NOT_OPEN',
    role: 'member',
    comes: async () => {
      await lock();
      stage.setState('scheduled');
    },
  },
  {
    who: 'a writer after it has closed',
    reason: 'TEXT_LOCKED',
    role: 'member',
    turns: async () => {
      await lock();
      stage.setState('archived');
    },
  },
  // The room does not know of it: the log alone does.
  { who: 'a writer of a text that takes no more', reason: 'TEXT_LOCKED', role: 'member', turns: lock },
] as const;
const nothing = () => Promise.resolve();

/** Edits that whoever makes them has never been told of. */
function strangeEdit(words: string): Uint8Array {
  const doc = new Y.Doc();
  typeInto(doc, words);
  return Y.encodeStateAsUpdate(doc);
}

function syncFrame(type: number, data: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, data);
  });
}

/** A client of ours, which is told of what is refused. */
async function comeIn(person: Person): Promise<RawClient> {
  const reader = await rawClient(gateway, stage.documentId, person);
  reader.barrier(1);
  await until(() => reader.standings.length > 0);
  return reader;
}

/** Whatever was sent before on this line has been dealt with once it is answered. */
async function settled(client: RawClient): Promise<void> {
  const { answers } = client;
  client.asks();
  await until(() => client.answers > answers);
}

describe('14: who only reads', () => {
  it.each(READERS)('changes nothing and is told, as $who [W6] [W9]', async ({ reason, role, ...when }) => {
    await ('comes' in when ? when.comes : nothing)();
    const person = await stage.join(role);
    const first = await comeIn(person);
    await ('turns' in when ? when.turns : nothing)();
    const ways = [
      (reader: RawClient) => reader.update(strangeEdit('更新')),
      (reader: RawClient) => reader.send(syncFrame(syncProtocol.messageYjsSyncStep2, strangeEdit('回答'))),
      (reader: RawClient) => reader.update(deleting(reader.doc)),
      (reader: RawClient) => reader.type('打字'),
    ];
    let reader = first;
    for (const [index, write] of ways.entries()) {
      if (index > 0) reader = await comeIn(person);
      write(reader);
      reader.barrier(2);
      await until(
        () => reader.refusals,
        (refusals) => refusals.includes(reason),
      );
      expect(reader.refusals.filter((refusal) => refusal !== reason)).toEqual([]);
    }
    // What they typed stands in their editor: no mark behind it is ever answered with yes.
    reader.barrier(3);
    reader.presence(reader.doc.clientID, {
      user: { name: '主持人' },
      cursor: { anchor: { tname: TEXT_FRAGMENT }, head: { tname: TEXT_FRAGMENT } },
    });
    await settled(reader);
    expect(reader.echoes).not.toContain(3);
    expect(await stage.rows()).toHaveLength(1);
    expect([onlooker.text(), wordsOf(await stage.loaded())]).toEqual(['正文', '正文']);
    expect([...onlooker.provider.awareness.getStates().keys()]).toEqual([onlooker.doc.clientID]);
    expect(reader.closeCode).toBeNull();
  });

  it('is cut for a message of no known kind, alone [W6]', async () => {
    const reader = await rawClient(gateway, stage.documentId, await stage.join('resident'));
    reader.send(new Uint8Array([99, 1, 2, 3]));
    await until(
      () => reader.closeCode,
      (code) => code === CLOSE.malformed,
    );
    onlooker.type('，还在写');
    await until(stage.rows, (rows) => rows.length === 2);
  });
});

/** An update that deletes the whole text and brings nothing. */
function deleting(doc: Y.Doc): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const before = Y.encodeStateVector(copy);
  const fragment = copy.getXmlFragment(TEXT_FRAGMENT);
  fragment.delete(0, fragment.length);
  return Y.encodeStateAsUpdate(copy, before);
}
