import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { ErrorBody, STATUS } from '../../core/contract/errors.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { buildHouse, signInAs, type House } from './test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from './test-server.ts';

// What the tests of a file share: one server, one house.
export let db: TestDatabase;
export let server: TestServer;
export let house: House;
export let admin: Browser;
export let convener: Browser;

/** Call it once in a test file about the doors themselves. */
export function setDoorStage(): void {
  beforeAll(async () => {
    db = await testDatabase();
    server = await testServer(db, { metricsToken: 'a token for the metrics' });
    house = await buildHouse(db.prisma);
    admin = await signInAs(browser(server.url), house, 'admin');
    convener = await signInAs(browser(server.url), house, 'convener');
  });
  afterAll(async () => {
    await server.close();
    await db.drop();
  });
}

/** Every error has the one shape, and the status of its code. */
export function reasonOf({ status, body }: Answer): string {
  const error = ErrorBody.parse(body);
  expect(status).toBe(STATUS[error.code]);
  return error.reason;
}

/** A new account, as an admin may make it. */
export const account = () => ({
  personId: randomUUID(),
  name: '某人',
  affiliation: '',
  login: `x-${randomUUID().slice(0, 12)}`,
  password: 'ten characters or more',
});
