import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { buildHouse, planOf, signInAs, type House } from './test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from './test-server.ts';

export const SECRET = 'the secret of this test, and of no other';

// What the test at hand works with: a server for its file, a house and a planned session for itself.
export let db: TestDatabase;
export let server: TestServer;
export let house: House;
export let convener: Browser;
export let at: string;
export let sessionId: string;

/** Call it once in a test file: from then on every test finds a session that people may join by link. */
export function setJoinStage(): void {
  beforeAll(async () => {
    db = await testDatabase({ poolSize: 12 });
    server = await testServer(db, { secret: SECRET });
  });
  afterAll(async () => {
    await server.close();
    await db.drop();
  });
  beforeEach(async () => {
    house = await buildHouse(db.prisma);
    convener = await signInAs(browser(server.url), house, 'convener');
    const planned = planOf(house);
    sessionId = planned.sessionId;
    at = `/api/sessions/${sessionId}`;
    await convener.send('POST', '/api/sessions', planned.body);
  });
}

export const why = ({ body }: Answer) => body.reason ?? 'done';
export const newGuest = () => browser(server.url);

// Each browser makes one key for a link and keeps it until it is in.
const keys = new WeakMap<Browser, string>();
const keyOf = (one: Browser) => {
  const key = keys.get(one) ?? randomUUID();
  keys.set(one, key);
  return key;
};
export const wish = (token: string, more: object = {}) => ({
  token,
  consent: true,
  name: '',
  venueId: null,
  ...more,
});
export const join = (one: Browser, token: string, more: object = {}) =>
  one.send('POST', '/api/join', wish(token, { key: keyOf(one), ...more }));
export const preview = (one: Browser, token: string) => one.send('POST', '/api/join/preview', { token });
export const tokenOf = (link: { url: string }) => link.url.split('#')[1] ?? '';

export async function makeLink(more: object = {}) {
  const body = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 50, ...more };
  const answer = await convener.send('POST', `${at}/links`, body);
  expect(why(answer)).toBe('done');
  return { body, link: answer.body, token: tokenOf(answer.body) };
}
export const uses = async (id: string) =>
  (await db.prisma.joinLink.findUniqueOrThrow({ where: { id } })).uses;
export const guests = async () =>
  await db.prisma.participant.count({ where: { sessionId, person: { isGuest: true } } });
