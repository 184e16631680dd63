import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { buildHouse, type House, planOf, signInAs, stepBody } from './test-house.ts';
import {
  browser,
  testServer,
  type Answer,
  type Browser,
  type TestServer,
  type TestServerOptions,
} from './test-server.ts';

// What the test at hand works with: a server for its file; a house for itself, so that nobody's rates run out.
export let db: TestDatabase;
export let server: TestServer;
export let house: House;
export let admin: Browser;
export let convener: Browser;
export let member: Browser;
export let stranger: Browser;

/** Call it once in a test file: from then on every test finds four people of one house signed in. */
export function setPeopleStage(optionsOf: () => Promise<TestServerOptions> = async () => ({})): void {
  beforeAll(async () => {
    db = await testDatabase();
    server = await testServer(db, await optionsOf());
  });
  afterAll(async () => {
    await server.close();
    await db.drop();
  });
  beforeEach(async () => {
    house = await buildHouse(db.prisma);
    const names = ['admin', 'convener', 'member', 'stranger'] as const;
    const people = names.map((name) => signInAs(browser(server.url), house, name));
    [admin, convener, member, stranger] = (await Promise.all(people)) as [Browser, Browser, Browser, Browser];
  });
}

export const why = ({ body }: Answer) => body.reason ?? 'done';
export const view = (text: string) => ({ id: randomUUID(), stance: 'suggestion', text, replyTo: null });

/** A session in progress: planned by the convener, who is in the chair and has opened it; the member is in. */
export async function openOne() {
  const planned = planOf(house);
  const at = `/api/sessions/${planned.sessionId}`;
  expect(why(await convener.send('POST', '/api/sessions', planned.body))).toBe('done');
  for (const step of ['enter', 'open'])
    expect(why(await convener.send('POST', `${at}/${step}`, stepBody(step)))).toBe('done');
  await member.send('POST', `${at}/enter`, {});
  return { ...planned, at };
}
