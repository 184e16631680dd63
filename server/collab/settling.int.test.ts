import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentLog } from '../db/document-log.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import { stockClient, stopClients, type Client } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Gateway, type Person, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';
import { withTextLimits } from '../testing/text-limits.ts';

const ROWS = 40;
// A day of a text in a second.
withTextLimits({
  snapshotRows: 40,
  idleRows: 5,
  idleMs: 100,
  unloadMs: 20,
  pollMs: 20,
  snapshotAgainMs: 50,
});

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

const snapshotSeq = async () => (await stage.documentLog.load(stage.documentId))?.snapshotSeq ?? -1;
const rows = async () => (await stage.rows()).length;

/** One who writes, in a text whose log a test may meddle with. */
async function begin(meddle: Partial<DocumentLog> = {}): Promise<{ gateway: Gateway; client: Client }> {
  stage = await createStage(database, { ...createDocumentLog(database.pool), ...meddle });
  const gateway = await stage.gateway();
  return { gateway, client: await join(gateway, await stage.join('member')) };
}

async function join(gateway: Gateway, person: Person): Promise<Client> {
  const client = stockClient(gateway, stage.documentId, person);
  await until(() => client.provider.synced);
  return client;
}

async function write({ type }: Client, count: number): Promise<void> {
  const before = await rows();
  for (let n = 0; n < count; n += 1) type(String(n % 10));
  await until(rows, (now) => now >= before + count);
}

describe('createSettling', () => {
  it('has a snapshot made of many rows, of a text at rest, and of one that was left [W12]', async () => {
    const { client } = await begin();
    await write(client, ROWS);
    await until(snapshotSeq, (seq) => seq >= ROWS);
    // Few, and nobody writes any more.
    await write(client, 10);
    const resting = await rows();
    await until(snapshotSeq, (seq) => seq === resting);
    await write(client, 10);
    client.provider.destroy();
    const left = await rows();
    await until(snapshotSeq, (seq) => seq === left);
    expect(wordsOf(await stage.loaded())).toBe(client.text());
  });

  it('4: loses nothing that is written while a snapshot is being stored, nor after a restart [W12]', async () => {
    let goOn: () => void = () => undefined;
    const real = createDocumentLog(database.pool);
    let isBlocked = false;
    const { gateway, client } = await begin({
      saveSnapshot: async (...asked) => {
        isBlocked = true;
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return real.saveSnapshot(...asked);
      },
    });
    await write(client, ROWS);
    await until(() => isBlocked);
    await write(client, 7);
    const written = client.text();
    goOn();
    await until(snapshotSeq, (seq) => seq > 0);
    client.provider.destroy();
    await gateway.stop();
    const next = await stage.gateway();
    const reader = await join(next, await stage.join('observer'));
    expect([reader.text(), wordsOf(await stage.loaded())]).toEqual([written, written]);
    // What came meanwhile still counts as not covered.
    const stored = await stage.documentLog.load(stage.documentId);
    expect(stored?.updates.map(({ seq }) => seq).slice(-1)).toEqual([await rows()]);
    goOn();
  });

  it('makes one when the last could not be made, and people write on meanwhile', async () => {
    const real = createDocumentLog(database.pool);
    let failures = 0;
    const { client } = await begin({
      saveSnapshot: (...asked) => {
        failures += 1;
        return failures <= 2 ? Promise.reject(new Error('no')) : real.saveSnapshot(...asked);
      },
    });
    await write(client, ROWS);
    await write(client, 5);
    await until(snapshotSeq, (seq) => seq > 0);
    expect(failures).toBeGreaterThan(2);
    expect(wordsOf(await stage.loaded())).toBe(client.text());
  });
});
