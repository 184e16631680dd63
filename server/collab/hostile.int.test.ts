import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { createStage, seedOf, until, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
const seed = seedOf();
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopRaw();
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

/** mulberry32: the same seed, the same mischief. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('createCollab, under fire', () => {
  it(`survives malformed frames, and the others notice nothing (SEED=${seed}) [W5]`, async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const [honest, attacker] = [await stage.join('recorder'), await stage.join('member')];
    const writer = await rawClient(gateway, stage.documentId, honest);
    const reader = stockClient(gateway, stage.documentId, await stage.join('resident'));
    const random = randomFrom(seed);
    const model = new Y.Doc();
    let frames = 0;
    let bad: RawClient | null = null;
    for (let round = 1; round <= 2_000; round += 1) {
      if (bad === null || bad.socket.readyState !== WebSocket.OPEN)
        bad = await rawClient(gateway, stage.documentId, attacker);
      bad.send(mischief(random, model));
      frames += 1;
      if (round % 100 === 0) {
        writer.type('.');
        writer.barrier(round);
        await until(
          () => writer.echoes,
          (echoes) => echoes.includes(round),
        );
      }
    }
    expect(frames).toBe(2_000);
    await until(reader.text, (text) => [...text].filter((letter) => letter === '.').length === 20);
    const loaded = await stage.loaded();
    expect(loaded.store.pendingStructs).toBeNull();
    expect([...wordsOf(loaded)].filter((letter) => letter === '.')).toHaveLength(20);
  }, 120_000);

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

/** A frame that no client of ours would send, most of the time. */
function mischief(random: () => number, model: Y.Doc): Uint8Array {
  const byte = () => Math.floor(random() * 256);
  const kind = random();
  if (kind < 0.4) return Uint8Array.from({ length: Math.floor(random() * 60) }, byte);
  const before = Y.encodeStateVector(model);
  typeInto(model, '恶意');
  const update = Y.encodeStateAsUpdate(model, before);
  if (kind < 0.8) {
    for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes -= 1)
      update[Math.floor(random() * update.length)] = byte();
  }
  const cut = kind > 0.95 ? update.slice(0, Math.floor(random() * update.length)) : update;
  return Uint8Array.from([0, random() < 0.5 ? 1 : 2, ...varint(cut.length), ...cut]);
}

function varint(value: number): number[] {
  return value > 127 ? [(value % 128) | 128, ...varint(Math.floor(value / 128))] : [value];
}
