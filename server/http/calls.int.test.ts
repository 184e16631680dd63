import { randomUUID } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildHouse, planOf, signInAs } from '../testing/test-house.ts';
import { browser } from '../testing/test-server.ts';
import {
  account,
  admin,
  db,
  convener,
  house,
  reasonOf,
  server,
  setDoorStage,
} from '../testing/door-stage.ts';

setDoorStage();

describe('readCall', () => {
  const plan = () => planOf(house);

  it('refuses unknown fields and wrong types, and names the first', async () => {
    const wrong: [unknown, string][] = [
      [{ ...account(), role: 'ADMIN' }, 'role'],
      [{ ...account(), isHost: true }, 'isHost'],
      [{ ...account(), name: 42 }, 'name'],
      [{ ...account(), login: { not: '' } }, 'login'],
      [{ ...account(), personId: { startsWith: 'a' } }, 'personId'],
      [{ ...account(), password: undefined }, 'password'],
      [{ where: {} }, 'personId'],
      [[], 'body'],
    ];
    for (const [body, path] of wrong) {
      const answer = await admin.send('POST', '/api/accounts', body);
      expect(reasonOf(answer)).toBe('FIELD_INVALID');
      expect(answer.body.details.path).toBe(path);
    }
  });

  it('lets no operator through in place of a word', async () => {
    const one = browser(server.url);
    const operators = [
      { login: { not: '' }, password: { not: '' } },
      { login: ['admin'], password: 'x' },
      { login: null, password: 'x' },
      { password: 'x' },
    ];
    for (const body of operators)
      expect(reasonOf(await one.send('POST', '/api/sign-in', body))).toBe('FIELD_INVALID');
    expect(reasonOf(await one.send('POST', '/api/join/preview', { token: { startsWith: 'a' } }))).toBe(
      'FIELD_INVALID',
    );
    for (const path of [
      '/api/sessions/undefined',
      '/api/sessions/1',
      `/api/sessions/${randomUUID().toUpperCase()}`,
    ])
      expect(reasonOf(await admin.get(path))).toBe('FIELD_INVALID');
    const events = `/api/sessions/${randomUUID()}/events`;
    for (const query of [
      '',
      '?after=1&after=2',
      '?after=-1',
      '?after=1.5',
      '?after[gt]=1',
      '?after=1&x=2',
      '?after=1e99',
    ])
      expect(reasonOf(await admin.get(events + query))).toBe('FIELD_INVALID');
  });

  it('refuses prototype keys and bodies that only serve to break', async () => {
    for (const key of ['__proto__', '\\u005f_proto__'])
      expect(reasonOf(await admin.send('POST', '/api/accounts', `{"${key}":{"office":"admin"}}`))).toBe(
        'MALFORMED',
      );
    expect(reasonOf(await admin.send('POST', '/api/accounts', '{"constructor":{"x":1}}'))).toBe(
      'FIELD_INVALID',
    );
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(['MALFORMED', 'FIELD_INVALID']).toContain(
      reasonOf(await admin.send('POST', '/api/accounts', deep)),
    );
    for (const body of ['null', '42', '"x"', 'NaN', ''])
      expect(['MALFORMED', 'FIELD_INVALID']).toContain(
        reasonOf(await admin.send('POST', '/api/accounts', body)),
      );
    expect(Object.hasOwn(Object.prototype, 'office')).toBe(false);
  });

  it('refuses a body that is too large, more for a plan than for the rest', async () => {
    const large = JSON.stringify({ ...account(), name: 'x'.repeat(70_000) });
    expect(reasonOf(await admin.send('POST', '/api/accounts', large))).toBe('BODY_TOO_LARGE');
    expect(reasonOf(await admin.send('POST', '/api/sessions', large))).toBe('FIELD_INVALID');
    const larger = JSON.stringify({ x: 'x'.repeat(300_000) });
    expect(reasonOf(await admin.send('POST', '/api/sessions', larger))).toBe('BODY_TOO_LARGE');
    expect((await admin.get('/healthz')).status).toBe(200);
  });

  it('reads a body as it comes: in pieces, packed, empty, and never more of it than it may', async () => {
    const inPieces = (pieces: readonly string[], headers: Record<string, string> = {}) =>
      fetch(`${server.url}/api/accounts`, {
        method: 'POST',
        headers: {
          ...headers,
          origin: server.url,
          cookie: admin.cookie() ?? '',
          'content-type': 'application/json',
        },
        body: ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))),
        duplex: 'half',
      } as unknown as RequestInit).then(async ({ status, headers: given, body }) => {
        return reasonOf({ status, headers: given, body: await new Response(body).json() });
      });
    const piece = `"${'长'.repeat(5_000)}"`;
    expect(await inPieces(['{"name":', piece, '}'])).toBe('FIELD_INVALID');
    expect(await inPieces(['{"name":', piece])).toBe('MALFORMED');
    expect(await inPieces(['['.concat(piece), ...Array.from({ length: 9 }, () => `,${piece}`), ']'])).toBe(
      'BODY_TOO_LARGE',
    );
    expect(await inPieces([])).toBe('FIELD_INVALID');
    // A mark before the first letter says nothing; anywhere else it is none of JSON's.
    for (const nothing of ['\uFEFF', '\uFEFF{}']) expect(await inPieces([nothing])).toBe('FIELD_INVALID');
    expect(await inPieces(['\uFEFF\uFEFF{}'])).toBe('MALFORMED');
    expect(await inPieces(['{}'], { 'content-encoding': 'gzip' })).toBe('MALFORMED');
    expect(await inPieces(['{}'], { 'content-encoding': 'identity' })).toBe('FIELD_INVALID');
    const packed = gzipSync(JSON.stringify({ ...account(), name: '压'.repeat(9) }));
    const headers = {
      cookie: admin.cookie() ?? '',
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    };
    const answer = await fetch(`${server.url}/api/accounts`, {
      method: 'POST',
      headers: { ...headers, origin: server.url },
      body: packed,
    });
    expect(await answer.json()).toMatchObject({ name: '压'.repeat(9) });
  });

  it('wants an idempotency key for a command, and a decent one', async () => {
    for (const key of ['', 'short', 'x'.repeat(101), 'with spaces in it', 'ключ-ключ-ключ'.slice(0, 0)])
      expect(
        reasonOf(await convener.send('POST', '/api/sessions', plan().body, { 'idempotency-key': key })),
      ).toBe('KEY_MISSING');
  });

  it('stops whoever knocks too often and says when to come back', async () => {
    const other = await buildHouse(db.prisma);
    const [hasty, calm] = [
      await signInAs(browser(server.url), other, 'member'),
      await signInAs(browser(server.url), other, 'convener'),
    ];
    const answers = await Promise.all(
      Array.from({ length: 260 }, () => hasty.send('POST', '/api/accounts', {})),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(20);
    expect(refused[0]?.body.details.retryAfterMs).toBeGreaterThan(0);
    expect((await calm.send('POST', '/api/accounts', {})).status).toBe(400);
    expect((await hasty.get('/api/me')).status).toBe(200);
  });

  it('is not fooled by addresses that a client claims to have', async () => {
    const login = `nobody-${randomUUID().slice(0, 8)}`;
    const reasons = [];
    for (let n = 0; n < 11; n += 1)
      reasons.push(
        reasonOf(
          await browser(server.url).send(
            'POST',
            '/api/sign-in',
            { login, password: 'x' },
            { 'x-forwarded-for': `10.0.0.${n}` },
          ),
        ),
      );
    expect(reasons[10]).toBe('TOO_OFTEN');
  });
});
