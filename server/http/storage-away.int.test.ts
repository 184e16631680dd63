import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../db/client.ts';
import { frailPort, type FrailPort } from '../testing/frail-port.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, type House, PASSWORD, planOf, signInAs, stepBody } from '../testing/test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from '../testing/test-server.ts';

let db: TestDatabase;
let far: FrailPort;
let frail: Database;
let server: TestServer;
let house: House;
let convener: Browser;
let at: string;
let sessionId: string;
let token: string;

beforeAll(async () => {
  db = await testDatabase();
  const url = new URL(db.url);
  far = await frailPort({ host: url.hostname, port: Number(url.port) });
  url.port = String(far.port);
  frail = openDatabase({
    url: url.toString(),
    poolSize: 4,
    onIdleError: () => undefined,
    statementTimeoutMs: 2_000,
    lockTimeoutMs: 1_000,
  });
  server = await testServer(frail);
});
afterAll(async () => {
  far.heal();
  await server.close();
  await frail.close();
  await far.close();
  await db.drop();
});
beforeEach(async () => {
  far.heal();
  house = await buildHouse(db.prisma);
  convener = await signInAs(browser(server.url), house, 'convener');
  const planned = planOf(house);
  sessionId = planned.sessionId;
  at = `/api/sessions/${sessionId}`;
  await convener.send('POST', '/api/sessions', planned.body);
  for (const step of ['enter', 'open']) await convener.send('POST', `${at}/${step}`, stepBody(step));
  const link = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 9 };
  token = (await convener.send('POST', `${at}/links`, link)).body.url.split('#')[1];
});

const told = ({ status, body }: Answer) => [status, body.reason ?? 'done'];
const away = [503, 'STORAGE_AWAY'];
const view = { id: '', stance: 'question', text: '停电的时候说的话', replyTo: null };

describe('createApp while the database is away', () => {
  it('says so at every kind of door, tells when to come back, and stays alive', async () => {
    far.cut();
    const wish = { token, key: randomUUID(), consent: true, name: '', venueId: null };
    const answers = await Promise.all([
      convener.get('/api/me'),
      convener.get('/api/sessions'),
      convener.get(`${at}/snapshot`),
      convener.send('POST', `${at}/views`, { ...view, id: randomUUID() }),
      browser(server.url).send('POST', '/api/sign-in', {
        login: `member-${house.suffix}`,
        password: PASSWORD,
      }),
      browser(server.url).send('POST', '/api/join', wish),
      browser(server.url).send('POST', '/api/join/preview', { token }),
    ]);
    expect(answers.map(told)).toEqual(answers.map(() => away));
    expect(answers[0]?.body.details.retryAfterMs).toBeGreaterThan(0);
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(/ECONN|prisma|postgres/i);
    expect((await convener.get('/readyz')).status).toBe(503);
    expect((await convener.get('/healthz')).status).toBe(200);
    far.heal();
    expect((await convener.get('/readyz')).status).toBe(200);
    expect((await convener.get('/api/me')).status).toBe(200);
  });

  it('keeps a command exactly once when it is sent again with its key [L7]', async () => {
    const said = { ...view, id: randomUUID() };
    const key = { 'idempotency-key': randomUUID() };
    far.cut();
    expect(told(await convener.send('POST', `${at}/views`, said, key))).toEqual(away);
    far.heal();
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await convener.send('POST', `${at}/views`, said, key));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[2]?.body).toEqual(answers[0]?.body);
    const { body } = await convener.get(`${at}/snapshot`);
    expect(body.room.views.map(({ text }: { text: string }) => text)).toEqual([view.text]);
  });

  it('lets a guest in once, though the first answer was lost with the database', async () => {
    const wish = { token, key: randomUUID(), consent: true, name: '断线的人', venueId: null };
    const guest = browser(server.url);
    far.cut();
    expect(told(await guest.send('POST', '/api/join', wish))).toEqual(away);
    expect(guest.cookie()).toBeUndefined();
    far.heal();
    expect(told(await guest.send('POST', '/api/join', wish))).toEqual([200, 'done']);
    expect(await db.prisma.participant.count({ where: { sessionId, person: { isGuest: true } } })).toBe(1);
    expect(await db.prisma.person.count({ where: { isGuest: true, participants: { none: {} } } })).toBe(0);
  });

  it('does not hold people for ever when the cable is pulled', { timeout: 60_000 }, async () => {
    far.swallow();
    const begun = Date.now();
    const answer = await convener.get('/api/me');
    expect(told(answer)).toEqual(away);
    expect(Date.now() - begun).toBeLessThan(20_000);
    far.heal();
    expect((await convener.get('/api/me')).status).toBe(200);
  });
});
