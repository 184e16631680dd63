import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentLog } from '../ports/document-log.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { createDocumentLog } from '../db/document-log.ts';
import { frailPort, type FrailPort } from '../testing/frail-port.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Gateway, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let wire: FrailPort;
let far: Database;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
  const url = new URL(database.url);
  wire = await frailPort({ host: url.hostname, port: Number(url.port) });
  url.port = String(wire.port);
  far = openDatabase({ url: url.href, poolSize: 4, onIdleError: () => undefined });
});
afterEach(async () => {
  wire.heal();
  stopRaw();
  await stage.end();
});
afterAll(async () => {
  await far.close();
  await wire.close();
  await database.drop();
});

/** The log behind the frail wire, and what was asked of it. */
function watchedLog() {
  const log = createDocumentLog(far.pool);
  const seen = { begun: 0, ended: 0, failed: 0, atOnce: 0, rows: 0 };
  const append: DocumentLog['append'] = async (documentId, drafts) => {
    seen.begun += 1;
    seen.atOnce = Math.max(seen.atOnce, seen.begun - seen.ended - seen.failed);
    try {
      const appended = await log.append(documentId, drafts);
      seen.ended += 1;
      seen.rows += drafts.length;
      return appended;
    } catch (error) {
      seen.failed += 1;
      throw error;
    }
  };
  return { log: { ...log, append }, seen };
}

async function sitDown(gateway: Gateway, count: number): Promise<RawClient[]> {
  const people = [];
  for (let n = 0; n < count; n += 1) people.push(await stage.join('member'));
  return Promise.all(people.map((person) => rawClient(gateway, stage.documentId, person)));
}

function write(clients: readonly RawClient[], round: number): void {
  for (const [n, client] of clients.entries()) {
    client.type(`〔${n}.${round}〕`);
    client.barrier(round);
  }
}

/** Everything that everybody wrote in so many rounds, each once. */
function expectAll(words: string, clients: number, rounds: number): void {
  const marks = [...words.matchAll(/〔(\d+\.\d+)〕/g)].map(([, mark]) => mark);
  expect(new Set(marks).size).toBe(clients * rounds);
  expect(marks).toHaveLength(clients * rounds);
}

const everyEcho = (clients: readonly RawClient[], round: number) =>
  until(
    () => clients.map(({ echoes }) => echoes[echoes.length - 1]),
    (last) => last.every((echo) => echo === round),
    20_000,
  );

describe('createCollab', () => {
  it('12: acknowledges nothing while the database is away, and loses nothing when it is back [W1]', async () => {
    const { log, seen } = watchedLog();
    stage = await createStage(database, log);
    const clients = await sitDown(await stage.gateway(), 5);
    write(clients, 1);
    await everyEcho(clients, 1);
    const rows = (await stage.rows()).length;
    wire.cut();
    for (let round = 2; round <= 20; round += 1) write(clients, round);
    const { failed } = seen;
    await until(() => seen.failed >= failed + 3);
    // Each is answered on its own ordered line: an echo would be here by now.
    for (const client of clients) client.asks();
    await until(() => clients.every(({ answers }) => answers > 1));
    expect(clients.map(({ echoes }) => echoes)).toEqual(clients.map(() => [1]));
    const { rowCount } = await database.pool.query('select 1 from document_update where document_id = $1', [
      stage.documentId,
    ]);
    expect(rowCount).toBe(rows);
    wire.heal();
    await everyEcho(clients, 20);
    expectAll(wordsOf(await stage.loaded()), 5, 20);
    await until(() => new Set(clients.map(({ doc }) => wordsOf(doc))).size === 1);
    expect(clients.map(({ closeCode }) => closeCode)).toEqual(clients.map(() => null));
  });

  it('13: gathers what is written while a commit is slow, one commit at a time, and lets others in [W1]', async () => {
    const { log, seen } = watchedLog();
    stage = await createStage(database, log);
    const clients = await sitDown(await stage.gateway(), 5);
    await database.pool.query(`
      create function dawdle() returns trigger language plpgsql as
        $$ begin perform pg_sleep(0.25); return null; end $$;
      create trigger dawdle before insert on document_update for each statement execute function dawdle()`);
    try {
      for (let round = 1; round <= 40; round += 1) {
        write(clients, round);
        await until(() => true);
      }
      const late = await rawClient(await stage.gateway(), stage.documentId, await stage.join('observer'));
      expect(late.answers).toBe(1);
      await everyEcho(clients, 40);
    } finally {
      await database.pool.query('drop trigger dawdle on document_update; drop function dawdle()');
    }
    expect(seen.atOnce).toBe(1);
    expect(seen.rows).toBe(200);
    expect(seen.ended).toBeLessThan(60);
    expectAll(wordsOf(await stage.loaded()), 5, 40);
  });
});
