import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../db/sign-ins.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import {
  buildHouse,
  PASSWORD,
  planOf,
  signInAs,
  type AccountName,
  type House,
} from '../testing/test-house.ts';
import { browser, testServer, type Browser, type TestServer } from '../testing/test-server.ts';

let db: TestDatabase;
let server: TestServer;
let house: House;
let foreign: House;
let admin: Browser;

beforeAll(async () => {
  db = await testDatabase();
  server = await testServer(db);
  foreign = await buildHouse(db.prisma);
});
beforeEach(async () => {
  house = await buildHouse(db.prisma);
  admin = await as('admin');
});
afterAll(async () => {
  await server.close();
  await db.drop();
});

const one = () => browser(server.url);
const as = (name: AccountName) => signInAs(one(), house, name);
const idOf = (name: AccountName) => house.personIds[name] ?? '';
const account = (name: AccountName, of = house) => `/api/accounts/${of.personIds[name] ?? ''}`;
const member = (name: AccountName, of = house) =>
  `/api/studios/${house.studioId}/members/${of.personIds[name] ?? ''}`;
const signInIdOf = (of: Browser) => hashOf(of.cookie()?.split('=')[1] ?? '').toString('hex');
const signIn = (name: AccountName, password: string) =>
  one().send('POST', '/api/sign-in', { login: `${name}-${house.suffix}`, password });
const studio = () => ({ id: randomUUID(), name: '城建界委员工作室', kind: '界别' });

describe('listStudios', () => {
  it('shows the office all of its house and a convener their own [P7]', async () => {
    const { body: made } = await admin.send('POST', '/api/studios', studio());
    const all = (await admin.get('/api/studios')).body.studios;
    expect(all.map(({ id }: { id: string }) => id).sort()).toEqual([house.studioId, made.id].sort());
    expect((await (await as('staff')).get('/api/studios')).body.studios).toEqual(all);
    const own = (await (await as('convener')).get('/api/studios')).body.studios;
    const convener = { personId: idOf('convener'), name: '人 convener', affiliation: '' };
    expect(own).toEqual([
      { id: house.studioId, name: '测试工作室', kind: '综合', conveners: [convener], members: [] },
    ]);
    expect((await (await as('member')).get('/api/studios')).body.reason).toBe('ROLE_MAY_NOT');
  });
});

describe('createStudio', () => {
  it('makes a studio once, which the office then plans for [P7]', async () => {
    const wanted = studio();
    for (let n = 0; n < 2; n += 1)
      expect((await admin.send('POST', '/api/studios', wanted)).body).toEqual({
        ...wanted,
        conveners: [],
        members: [],
      });
    const other = await admin.send('POST', '/api/studios', { ...wanted, name: '别的' });
    expect(other.body.reason).toBe('ID_TAKEN');
    const { body, sessionId } = planOf(house);
    const planned = await admin.send('POST', '/api/sessions', { ...body, studioId: wanted.id });
    expect(planned.body).toMatchObject({ id: sessionId, studioName: wanted.name });
  });

  it('takes it from the administrator only, and no field but its own [P7]', async () => {
    for (const name of ['staff', 'convener', 'member'] as const)
      expect((await (await as(name)).send('POST', '/api/studios', studio())).body.reason).toBe(
        'ROLE_MAY_NOT',
      );
    for (const wrong of [{ orgId: foreign.orgId }, { name: '' }, { name: 'a\u202eb' }, { kind: 7 }])
      expect((await admin.send('POST', '/api/studios', { ...studio(), ...wrong })).body.reason).toBe(
        'FIELD_INVALID',
      );
    const taken = await admin.send('POST', '/api/studios', { ...studio(), id: foreign.studioId });
    expect(taken.body.reason).toBe('ID_TAKEN');
  });
});

describe('setMember', () => {
  it('makes and unmakes a convener, who may plan from that moment [P7]', async () => {
    const person = await as('member');
    const plan = () => person.send('POST', '/api/sessions', planOf(house).body);
    expect((await plan()).body.reason).toBe('ROLE_MAY_NOT');
    const { body } = await admin.send('PUT', member('member'), { isConvener: true });
    expect(body.conveners.map(({ name }: { name: string }) => name)).toEqual(['人 convener', '人 member']);
    expect((await plan()).status).toBe(200);
    await admin.send('PUT', member('member'), { isConvener: false });
    expect((await plan()).body.reason).toBe('ROLE_MAY_NOT');
  });

  it('refuses other people, other houses and other fields [P7]', async () => {
    for (const name of ['staff', 'convener', 'member'] as const) {
      const { body } = await (await as(name)).send('PUT', member('member'), { isConvener: true });
      expect(body.reason).toBe('ROLE_MAY_NOT');
    }
    const put = async (path: string, body: unknown = { isConvener: true }) =>
      (await admin.send('PUT', path, body)).body.reason;
    expect(await put(member('member', foreign))).toBe('ACCOUNT_UNKNOWN');
    expect(await put(`/api/studios/${foreign.studioId}/members/${idOf('member')}`)).toBe('STUDIO_UNKNOWN');
    expect(await put(member('member'), { isConvener: true, role: 'host' })).toBe('FIELD_INVALID');
    expect(await put(member('member'), {})).toBe('FIELD_INVALID');
  });
});

describe('listAccountRecords', () => {
  it('shows the office every account of its house, disabled ones too, and no hash [P7]', async () => {
    await admin.send('PATCH', account('member'), { isDisabled: true });
    const { body } = await (await as('staff')).get('/api/accounts/records');
    expect(body.accounts).toHaveLength(6);
    const record = (name: AccountName) =>
      body.accounts.find(({ personId }: { personId: string }) => personId === idOf(name));
    expect(record('member')).toMatchObject({ isDisabled: true, office: null, convenes: [] });
    expect(record('convener')).toMatchObject({ isDisabled: false, convenes: [house.studioId] });
    expect(record('admin')).toMatchObject({ office: 'admin' });
    expect(JSON.stringify(body)).not.toContain('scrypt');
    for (const name of ['convener', 'department'] as const)
      expect((await (await as(name)).get('/api/accounts/records')).body.reason).toBe('ROLE_MAY_NOT');
  });
});

describe('changeAccount', () => {
  it('changes what is named and nothing else [P7]', async () => {
    const staff = await as('staff');
    const changed = await staff.send('PATCH', account('member'), { name: '委员甲', affiliation: '教育局' });
    expect(changed.body).toEqual({
      personId: idOf('member'),
      name: '委员甲',
      affiliation: '教育局',
      login: `member-${house.suffix}`,
      office: null,
      isDisabled: false,
      convenes: [],
    });
    expect((await staff.send('PATCH', account('member'), {})).body).toEqual(changed.body);
    expect((await signIn('member', PASSWORD)).status).toBe(200);
  });

  it('ends and cuts the sign-ins of whoever is disabled, for good [P9]', async () => {
    const person = await as('member');
    await admin.send('PATCH', account('member'), { isDisabled: true });
    expect((await person.get('/api/me')).status).toBe(401);
    expect(server.cuts).toContainEqual({ kind: 'sign-in', signInId: signInIdOf(person) });
    expect((await signIn('member', PASSWORD)).body.reason).toBe('SIGN_IN_WRONG');
    const back = await admin.send('PATCH', account('member'), { isDisabled: false });
    expect(back.body.isDisabled).toBe(false);
    expect((await person.get('/api/me')).status).toBe(401);
    expect((await signIn('member', PASSWORD)).status).toBe(200);
  });

  it('sets a new password, which ends and cuts every sign-in under the old one [P9]', async () => {
    const [here, there] = [await as('member'), await as('member')];
    const password = 'another long password';
    await admin.send('PATCH', account('member'), { password });
    for (const open of [here, there]) {
      expect((await open.get('/api/me')).status).toBe(401);
      expect(server.cuts).toContainEqual({ kind: 'sign-in', signInId: signInIdOf(open) });
    }
    expect((await signIn('member', PASSWORD)).body.reason).toBe('SIGN_IN_WRONG');
    expect((await signIn('member', password)).status).toBe(200);
  });

  it('lets nobody disable themself or reset their own password [P8]', async () => {
    for (const change of [{ isDisabled: true }, { password: 'ten characters or more' }])
      expect((await admin.send('PATCH', account('admin'), change)).body.reason).toBe('OWN_ACCOUNT');
    expect((await admin.get('/api/me')).status).toBe(200);
    expect((await admin.send('PATCH', account('admin'), { name: '李主任' })).body.name).toBe('李主任');
  });

  it('lets staff not touch whoever holds an office or convenes [P7] [P10]', async () => {
    const staff = await as('staff');
    for (const name of ['admin', 'convener'] as const)
      for (const change of [{ password: 'ten characters or more' }, { isDisabled: true }, { name: '假' }])
        expect((await staff.send('PATCH', account(name), change)).body.reason).toBe('ROLE_MAY_NOT');
    expect((await admin.send('PATCH', account('convener'), { name: '召集人' })).status).toBe(200);
    expect((await admin.send('PATCH', account('staff'), { isDisabled: true })).status).toBe(200);
  });

  it('refuses other people, other houses, guests and other fields [P7]', async () => {
    for (const name of ['convener', 'member'] as const)
      expect((await (await as(name)).send('PATCH', account('member'), { name: '甲' })).body.reason).toBe(
        'ROLE_MAY_NOT',
      );
    const guest = randomUUID();
    await db.prisma.person.create({ data: { id: guest, orgId: house.orgId, name: '', isGuest: true } });
    for (const path of [
      account('member', foreign),
      `/api/accounts/${guest}`,
      `/api/accounts/${randomUUID()}`,
    ])
      expect((await admin.send('PATCH', path, { isDisabled: true })).body.reason).toBe('ACCOUNT_UNKNOWN');
    for (const wrong of [
      { office: 'admin' },
      { orgId: foreign.orgId },
      { login: 'x' },
      { password: 'short' },
    ])
      expect((await admin.send('PATCH', account('member'), wrong)).body.reason).toBe('FIELD_INVALID');
  });
});

describe('changePassword', () => {
  const change = (of: Browser, oldPassword: string, password = 'my own new password') =>
    of.send('POST', '/api/me/password', { oldPassword, password });

  it('asks for the old one, keeps this sign-in and ends the others [P8] [P9]', async () => {
    const [here, there] = [await as('member'), await as('member')];
    expect((await change(here, 'not it at all')).body.reason).toBe('PASSWORD_WRONG');
    expect((await there.get('/api/me')).status).toBe(200);
    expect((await change(here, PASSWORD)).body).toEqual({ done: true });
    expect((await here.get('/api/me')).status).toBe(200);
    expect((await there.get('/api/me')).status).toBe(401);
    expect(server.cuts).toContainEqual({ kind: 'sign-in', signInId: signInIdOf(there) });
    expect(server.cuts).not.toContainEqual({ kind: 'sign-in', signInId: signInIdOf(here) });
    expect((await signIn('member', PASSWORD)).status).toBe(401);
    expect((await signIn('member', 'my own new password')).status).toBe(200);
  });

  it('stops guessing, and takes neither short ones nor other fields [P8]', async () => {
    const person = await as('member');
    expect((await change(person, PASSWORD, 'short')).body.reason).toBe('FIELD_INVALID');
    const extra = { oldPassword: PASSWORD, password: 'ten characters or more', personId: idOf('admin') };
    expect((await person.send('POST', '/api/me/password', extra)).body.reason).toBe('FIELD_INVALID');
    for (let n = 0; n < 10; n += 1)
      expect((await change(person, `guess ${n}`)).body.reason).toBe('PASSWORD_WRONG');
    expect((await change(person, PASSWORD)).body.reason).toBe('TOO_OFTEN');
  });
});
