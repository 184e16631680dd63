import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { joinedBuses } from '../testing/text-buses.ts';
import { createStage, until, type Gateway, type Person, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';

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

describe('createCollab, in two processes', () => {
  it('makes two processes agree although the bus carries nothing [W2]', async () => {
    stage = await createStage(database);
    await converge(await stage.gateway(), await stage.gateway());
  });

  it('makes two processes agree over a bus [W2]', async () => {
    stage = await createStage(database);
    const [one, two] = joinedBuses(2);
    await converge(await stage.gateway(one), await stage.gateway(two));
  });

  async function converge(one: Gateway, two: Gateway): Promise<void> {
    const people: Person[] = [];
    for (let count = 0; count < 4; count += 1) people.push(await stage.join('member'));
    const clients = people.map((person, index) =>
      stockClient(index % 2 === 0 ? one : two, stage.documentId, person),
    );
    await until(() => clients.every((client) => client.provider.synced));
    for (let round = 0; round < 25; round += 1) {
      for (const [index, client] of clients.entries()) client.type(String.fromCharCode(97 + index));
      await until(() => true);
    }
    const expected = 4 * 25;
    const texts = await until(
      () => clients.map((client) => client.text()),
      (all) => all.every((text) => text === all[0] && text.replaceAll('|', '').length >= expected),
    );
    expect((texts[0] ?? '').replaceAll('|', '')).toHaveLength(expected);
    const rows = await stage.rows();
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    expect(wordsOf(await stage.loaded())).toBe(texts[0]);
  }
});
