import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { browser, testServer, type TestServer } from '../testing/test-server.ts';

let db: TestDatabase;
const servers: TestServer[] = [];
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await db.drop();
});

/** How somebody is answered who guesses a password twelve times, each time from where forwarded says. */
async function guessed(proxies: readonly string[], forwarded: (n: number) => string): Promise<string[]> {
  const server = await testServer(db, { proxies });
  servers.push(server);
  const login = `nobody-${randomUUID().slice(0, 8)}`;
  const reasons: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const headers = { 'x-forwarded-for': forwarded(n) };
    const { body } = await browser(server.url).send(
      'POST',
      '/api/sign-in',
      { login, password: 'x' },
      headers,
    );
    reasons.push(body.reason);
  }
  return reasons;
}

describe('createApp behind proxies', () => {
  it('counts by the address that the proxy tells', async () => {
    const fromMany = await guessed(['loopback'], (n) => `203.0.113.${n}`);
    expect(new Set(fromMany)).toEqual(new Set(['SIGN_IN_WRONG']));
    const fromOne = await guessed(['loopback'], () => '203.0.113.7');
    expect(fromOne.at(-1)).toBe('TOO_OFTEN');
  });

  it('does not believe what a client wrote before the proxy wrote behind it', async () => {
    const forged = await guessed(['loopback'], (n) => `10.0.0.${n}, 203.0.113.7`);
    expect(forged.at(-1)).toBe('TOO_OFTEN');
  });

  it('does not believe whoever comes past the proxy', async () => {
    const forged = await guessed(['198.51.100.1'], (n) => `203.0.113.${n}`);
    expect(forged.at(-1)).toBe('TOO_OFTEN');
  });
});
