import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ALL_ROUTES } from '../../core/contract/api.ts';
import { browser, testServer } from '../testing/test-server.ts';
import { account, admin, db, reasonOf, server, setDoorStage } from '../testing/door-stage.ts';

setDoorStage();

const filled = (path: string) => path.replace(/:[A-Za-z]+/g, () => randomUUID());
describe('createApp', () => {
  it('has a door for every route of the contract', async () => {
    for (const route of Object.values(ALL_ROUTES)) {
      const { body } = await admin.send(
        route.method,
        filled(route.path),
        route.method === 'GET' ? undefined : {},
      );
      expect(`${route.path} ${body.reason}`).not.toContain('ROUTE_UNKNOWN');
    }
  });

  it('asks for a sign-in at every door that needs a person, before anything else', async () => {
    const guarded = Object.values(ALL_ROUTES).filter((route) => route.auth === 'person');
    expect(guarded.length).toBeGreaterThan(25);
    for (const { method, path } of guarded) {
      const body = method === 'GET' ? undefined : '{"nonsense":';
      expect(reasonOf(await browser(server.url).send(method, filled(path), body))).toBe('SIGN_IN_NEEDED');
    }
  });

  it('answers what it does not know, or cannot read, with a coded error and no trace', async () => {
    for (const path of [
      '/api/nothing',
      '/api',
      '/.env',
      '/.git/config',
      '/socket.io/admin',
      '/api/../etc/passwd',
    ])
      expect(reasonOf(await admin.get(path))).toBe('ROUTE_UNKNOWN');
    expect(reasonOf(await admin.get('/api/sessions/%E0%A4%A'))).toBe('MALFORMED');
    const broken = await admin.send('POST', '/api/accounts', '{"personId":');
    expect(reasonOf(broken)).toBe('MALFORMED');
    expect(JSON.stringify(broken.body)).not.toMatch(/ at |node_modules|\.ts/);
  });

  it('describes itself, hides its metrics, and tells whether it is ready', async () => {
    expect((await admin.get('/api/openapi.json')).body.paths['/api/sign-in'].post.operationId).toBe('signIn');
    expect((await admin.get('/metrics')).status).toBe(404);
    expect((await admin.get('/metrics', { authorization: 'Bearer wrong' })).status).toBe(404);
    const metrics = await admin.get('/metrics', { authorization: 'Bearer a token for the metrics' });
    expect(metrics.body).toContain('http_request_duration_seconds');
    expect((await admin.get('/healthz')).body).toMatchObject({ status: 'ok', version: '0.0.0-test' });
    expect((await admin.get('/readyz')).status).toBe(200);
    server.setStopping(true);
    expect((await admin.get('/readyz')).status).toBe(503);
    // Whoever is here already is served to the end.
    expect((await admin.get('/api/me')).status).toBe(200);
    server.setStopping(false);
  });

  it('keeps private answers out of every cache and its pages out of every frame', async () => {
    const { headers } = await admin.get('/api/me');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('vary')).toContain('Cookie');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    const page = (await admin.get('/nothing')).headers.get('content-security-policy') ?? '';
    expect(page).toContain("default-src 'self'");
    expect(page).toContain("script-src 'self';");
    expect(page).toContain("frame-ancestors 'none'");
    expect(page).not.toMatch(/script-src[^;]*unsafe|https?:\/\//);
  });

  it('takes a request id that is harmless and makes one otherwise', async () => {
    expect((await admin.get('/api/nothing', { 'x-request-id': 'proxy-1234' })).body.requestId).toBe(
      'proxy-1234',
    );
    const made = await admin.get('/api/nothing', { 'x-request-id': 'a b<script>' });
    expect(made.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.headers.get('x-request-id')).toBe(made.body.requestId);
  });
});

describe('guardOrigin', () => {
  const sent = (headers: Record<string, string>) => admin.send('POST', '/api/accounts', account(), headers);

  it('refuses a page of another site, however it looks', async () => {
    const foreign = [
      'https://evil.example',
      'null',
      `${server.url}.evil.example`,
      server.url.replace('http:', 'https:'),
      server.url.replace(/:\d+$/, ':1'),
    ];
    for (const origin of foreign) expect(reasonOf(await sent({ origin }))).toBe('ORIGIN_FOREIGN');
  });

  it('refuses a cookie without an origin unless the browser says it is our own page', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/sign-out`, {
        method: 'POST',
        body: '{"everywhere":false,"nonsense":1}',
        headers: { cookie: admin.cookie() ?? '', 'content-type': 'application/json', ...headers },
      }).then(async (response) => (await response.json()).reason);
    expect(await ask({})).toBe('ORIGIN_FOREIGN');
    expect(await ask({ 'sec-fetch-site': 'cross-site' })).toBe('ORIGIN_FOREIGN');
    expect(await ask({ 'sec-fetch-site': 'same-site' })).toBe('ORIGIN_FOREIGN');
    expect(await ask({ 'sec-fetch-site': 'same-origin' })).toBe('FIELD_INVALID');
  });

  it('refuses what a form can send across sites', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(reasonOf(await sent({ 'content-type': type }))).toBe('MALFORMED');
  });

  it('reads JSON as UTF-8 and as nothing else', async () => {
    for (const charset of ['utf-7', 'utf-16le', 'gb18030', '"utf-7"'])
      expect(reasonOf(await sent({ 'content-type': `application/json; charset=${charset}` }))).toBe(
        'MALFORMED',
      );
    expect((await sent({ 'content-type': 'application/json;charset="UTF-8"' })).status).toBe(200);
  });

  it('believes only PUBLIC_URL where it is set', async () => {
    const behind = await testServer(db, { publicUrl: 'http://room.example' });
    try {
      const one = browser(behind.url);
      const body = { login: 'nobody', password: 'nothing' };
      expect(reasonOf(await one.send('POST', '/api/sign-in', body))).toBe('ORIGIN_FOREIGN');
      const origin = 'http://room.example';
      expect(reasonOf(await one.send('POST', '/api/sign-in', body, { origin }))).toBe('SIGN_IN_WRONG');
    } finally {
      await behind.close();
    }
  });
});
