import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../db/sign-ins.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, PASSWORD, signInAs, type House } from '../testing/test-house.ts';
import { browser, testServer, type TestServer } from '../testing/test-server.ts';

let db: TestDatabase;
let server: TestServer;
let house: House;

beforeAll(async () => {
  db = await testDatabase();
  server = await testServer(db);
  house = await buildHouse(db.prisma);
});
afterAll(async () => {
  await server.close();
  await db.drop();
});

const one = () => browser(server.url);
const as = (name: Parameters<typeof signInAs>[2]) => signInAs(one(), house, name);
const right = () => ({ login: `member-${house.suffix}`, password: PASSWORD });

describe('signIn', () => {
  it('lets a person in and tells who they are', async () => {
    const member = one();
    const { status, body } = await member.send('POST', '/api/sign-in', right());
    expect(status).toBe(200);
    expect(body).toEqual({
      personId: house.personIds['member'],
      name: '人 member',
      affiliation: '',
      office: null,
      isGuest: false,
      convenes: [],
      guestOf: null,
      consent: null,
    });
    expect((await member.get('/api/me')).body).toEqual(body);
  });

  it('names the studios where a convener convenes', async () => {
    const { body } = await (await as('convener')).get('/api/me');
    expect(body.convenes).toEqual([{ id: house.studioId, name: '测试工作室' }]);
  });

  it('sets a cookie that no script reads and no other site sends, bare on plain http', async () => {
    const { headers } = await one().send('POST', '/api/sign-in', right());
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^shangliang=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/,
    );
  });

  it('sets a __Host- cookie behind https, and then knows no bare one', async () => {
    const secure = await testServer(db, { publicUrl: 'https://room.example' });
    try {
      const headers = { origin: 'https://room.example', 'content-type': 'application/json' };
      const body = JSON.stringify(right());
      const response = await fetch(`${secure.url}/api/sign-in`, { method: 'POST', headers, body });
      const cookie = response.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(
        /^__Host-shangliang=[A-Za-z0-9_-]{43}; Secure; Path=\/; HttpOnly; SameSite=Lax;/,
      );
      const pair = cookie.split(';')[0] ?? '';
      const me = async (cookie: string) =>
        (await fetch(`${secure.url}/api/me`, { headers: { cookie } })).status;
      expect(await me(pair)).toBe(200);
      expect(await me(pair.replace('__Host-', ''))).toBe(401);
    } finally {
      await secure.close();
    }
  });

  it('keeps only a digest of the token', async () => {
    const member = await as('member');
    const token = member.cookie()?.split('=')[1] ?? '';
    const { rows } = await db.pool.query('select 1 from sign_in where token_hash = $1', [hashOf(token)]);
    expect(rows).toHaveLength(1);
  });

  it('answers a wrong password and an unknown login alike', async () => {
    const wrong = await one().send('POST', '/api/sign-in', { ...right(), password: 'not it at all' });
    const unknown = await one().send('POST', '/api/sign-in', {
      login: 'nobody-here',
      password: 'not it at all',
    });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.body.reason).toBe('SIGN_IN_WRONG');
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it('stops guessing at one login without shutting the others out', async () => {
    const login = `staff-${house.suffix}`;
    const reasons = [];
    for (let n = 0; n < 11; n += 1)
      reasons.push((await one().send('POST', '/api/sign-in', { login, password: `guess ${n}` })).body.reason);
    expect(reasons.slice(0, 10)).toEqual(Array(10).fill('SIGN_IN_WRONG'));
    expect(reasons[10]).toBe('TOO_OFTEN');
    const held = await one().send('POST', '/api/sign-in', { login, password: PASSWORD });
    expect(held.status).toBe(429);
    expect(held.body.details.retryAfterMs).toBeGreaterThan(0);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await one().send('POST', '/api/sign-in', right())).status).toBe(200);
  });

  it('counts guesses that all come at once', async () => {
    const login = `nobody-${randomUUID().slice(0, 8)}`;
    const guess = (n: number) => one().send('POST', '/api/sign-in', { login, password: `guess ${n}` });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n)));
    const tried = answers.filter(({ body }) => body.reason === 'SIGN_IN_WRONG').length;
    expect(tried).toBe(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  it('refuses a disabled person, also one who is signed in', async () => {
    const other = await buildHouse(db.prisma);
    const member = await signInAs(one(), other, 'member');
    await db.prisma.person.update({
      where: { login: `member-${other.suffix}` },
      data: { disabledAt: new Date() },
    });
    expect((await member.get('/api/me')).status).toBe(401);
    const again = await one().send('POST', '/api/sign-in', {
      login: `member-${other.suffix}`,
      password: PASSWORD,
    });
    expect(again.body.reason).toBe('SIGN_IN_WRONG');
  });
});

describe('signOut', () => {
  it('ends this sign-in and cuts its sockets, and leaves the others', async () => {
    const [here, there] = [await as('member'), await as('member')];
    const kept = here.cookie() ?? '';
    const { headers } = await here.send('POST', '/api/sign-out', { everywhere: false });
    expect(headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await one().get('/api/me', { cookie: kept })).body.reason).toBe('SIGN_IN_REVOKED');
    expect((await there.get('/api/me')).status).toBe(200);
    const signInId = hashOf(kept.split('=')[1] ?? '').toString('hex');
    expect(server.cuts).toContainEqual({ kind: 'sign-in', signInId });
  });

  it('ends every sign-in of the person', async () => {
    const [here, there, other] = [await as('department'), await as('department'), await as('member')];
    await here.send('POST', '/api/sign-out', { everywhere: true });
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await other.get('/api/me')).status).toBe(200);
    const signInId = hashOf(there.cookie()?.split('=')[1] ?? '').toString('hex');
    expect(server.cuts).toContainEqual({ kind: 'sign-in', signInId });
  });
});

describe('createAccount', () => {
  const account = () => ({
    personId: randomUUID(),
    name: '新人',
    affiliation: '教育局',
    login: `new-${randomUUID().slice(0, 8)}`,
    password: 'ten characters or more',
  });

  it('lets the office make an account that can sign in, once', async () => {
    const admin = await as('admin');
    const body = account();
    const { password, ...shown } = body;
    expect((await admin.send('POST', '/api/accounts', body)).body).toEqual(shown);
    expect((await admin.send('POST', '/api/accounts', body)).body).toEqual(shown);
    for (const other of [{ name: '别人' }, { affiliation: '' }, { password: 'quite another password' }])
      expect((await admin.send('POST', '/api/accounts', { ...body, ...other })).body.reason).toBe('ID_TAKEN');
    expect((await one().send('POST', '/api/sign-in', { login: body.login, password })).status).toBe(200);
    const taken = await admin.send('POST', '/api/accounts', { ...body, personId: randomUUID() });
    expect([taken.status, taken.body.reason]).toEqual([409, 'LOGIN_TAKEN']);
    const list = await admin.get('/api/accounts');
    expect(list.body.accounts).toContainEqual(shown);
    expect(JSON.stringify(list.body)).not.toContain('scrypt');
  });

  it('refuses whoever is not the office; conveners may read the list', async () => {
    expect((await (await as('convener')).send('POST', '/api/accounts', account())).status).toBe(403);
    expect((await (await as('convener')).get('/api/accounts')).status).toBe(200);
    expect((await (await as('member')).get('/api/accounts')).body.reason).toBe('ROLE_MAY_NOT');
  });

  it('takes no privilege from the payload', async () => {
    const admin = await as('admin');
    for (const extra of [{ office: 'admin' }, { orgId: house.orgId }, { isGuest: false }])
      expect((await admin.send('POST', '/api/accounts', { ...account(), ...extra })).body.reason).toBe(
        'FIELD_INVALID',
      );
  });
});
