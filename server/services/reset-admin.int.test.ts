import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountRecords } from '../db/account-records.ts';
import { createFounding } from '../db/founding.ts';
import { realClock, realIds } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { browser, testServer, type TestServer } from '../testing/test-server.ts';
import { firstRun } from './first-run.ts';
import { createPasswords } from './passwords.ts';
import { resetAdmin } from './reset-admin.ts';

let db: TestDatabase;
let server: TestServer;
const passwords = createPasswords();
const reset = (login?: string) =>
  resetAdmin({ records: createAccountRecords(db.prisma), passwords, ids: realIds, clock: realClock }, login);

beforeAll(async () => {
  db = await testDatabase();
  server = await testServer(db);
});
afterAll(async () => {
  await server.close();
  await db.drop();
});

describe('resetAdmin', () => {
  it('names nobody where there is nobody [P6]', async () => {
    expect(await reset()).toEqual({ kind: 'unclear', logins: [] });
  });

  it('gives the administrator a new password, ends their sign-ins and opens the account again [P6]', async () => {
    const first = await firstRun({
      founding: createFounding(db.pool),
      passwords,
      ids: realIds,
      orgName: '政协某县委员会',
    });
    const before = browser(server.url);
    expect((await before.send('POST', '/api/sign-in', first)).status).toBe(200);
    await db.pool.query('update person set disabled_at = now()');

    const done = await reset();
    if (done.kind !== 'reset') throw new Error('nobody was found');
    expect(done.login).toBe('admin');
    expect((await before.get('/api/me')).status).toBe(401);
    expect((await browser(server.url).send('POST', '/api/sign-in', first)).status).toBe(401);
    const { login, password } = done;
    const after = await browser(server.url).send('POST', '/api/sign-in', { login, password });
    expect(after).toMatchObject({ status: 200, body: { office: 'admin' } });
  });

  it('asks who is meant when there are two, and takes nobody without the office [P6]', async () => {
    const { orgId } = await db.prisma.person.findFirstOrThrow();
    const base = { orgId, name: '某某', passwordHash: 'scrypt$1$1$1$a$b' };
    await db.prisma.person.create({ data: { ...base, id: realIds.uuid(), login: 'boss', office: 'admin' } });
    await db.prisma.person.create({ data: { ...base, id: realIds.uuid(), login: 'clerk', office: 'staff' } });
    const unclear = { kind: 'unclear', logins: ['admin', 'boss'] };
    expect(await reset()).toEqual(unclear);
    expect(await reset('clerk')).toEqual(unclear);
    expect(await reset('boss')).toMatchObject({ kind: 'reset', login: 'boss' });
  });
});
