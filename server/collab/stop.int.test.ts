import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';

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

describe('createCollab when its process stops', () => {
  it('sends writers to another process when it stops, and nothing called saved is lost [W1]', async () => {
    stage = await createStage(database);
    const [ends, stays] = [await stage.gateway(), await stage.gateway()];
    const people = await Promise.all(Array.from({ length: 5 }, () => stage.join('member')));
    const raw = await rawClient(ends, stage.documentId, people[0]!);
    const closed: number[] = [];
    raw.socket.on('close', (code) => closed.push(code));
    const clients = people.map((person) => stockClient(ends, stage.documentId, person));
    await until(() => clients.every(({ provider }) => provider.synced));
    clients.forEach(({ type }, n) => type(`［${n}］`));
    const stopped = ends.stop();
    for (const { provider } of clients) provider.serverUrl = stays.url;
    clients.forEach(({ type }, n) => type(`（${n}）`));
    await stopped;
    expect(closed).toEqual([1012]);
    await until(() => clients.every(({ provider }) => provider.synced));
    const reader = stockClient(stays, stage.documentId, await stage.join('observer'));
    for (const n of people.keys())
      await until(() => [`［${n}］`, `（${n}）`].every((word) => reader.text().includes(word)));
    await until(() => clients.every(({ text }) => text() === reader.text()));
  });
});
