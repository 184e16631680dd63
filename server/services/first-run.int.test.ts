import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFounding } from '../db/founding.ts';
import { realIds } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { browser, testServer, type TestServer } from '../testing/test-server.ts';
import { firstRun } from './first-run.ts';
import { createPasswords } from './passwords.ts';

let db: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  db = await testDatabase();
  server = await testServer(db);
});
afterAll(async () => {
  await server.close();
  await db.drop();
});

const start = () =>
  firstRun({
    founding: createFounding(db.pool),
    passwords: createPasswords(),
    ids: realIds,
    orgName: '政协某县委员会',
  });

describe('firstRun', () => {
  it('founds one house however many processes start at once [P6]', async () => {
    const told = (await Promise.all(Array.from({ length: 6 }, start))).filter((signIn) => signIn !== null);
    expect(told).toHaveLength(1);
    const [signIn] = told;
    expect(signIn?.password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);

    const admin = browser(server.url);
    const { status, body } = await admin.send('POST', '/api/sign-in', signIn);
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: '系统管理员', office: 'admin' });
    expect(body.convenes).toMatchObject([{ name: '协商办公室' }]);
    expect(await db.prisma.org.findMany({ select: { name: true } })).toEqual([{ name: '政协某县委员会' }]);
    expect(await db.prisma.person.count()).toBe(1);
  });

  it('keeps the password as a hash only, and tells nobody a second time [P6]', async () => {
    expect(await start()).toBeNull();
    const { rows } = await db.pool.query('select person.* from person');
    expect(rows).toHaveLength(1);
    expect(rows[0].password_hash).toMatch(/^scrypt\$/);
  });

  it('leaves a house alone where there is anybody, if only a guest [P6]', async () => {
    await db.pool.query('delete from studio_member');
    await db.pool.query('delete from sign_in');
    await db.pool.query(`update person set is_guest = true, login = null, office = null`);
    expect(await start()).toBeNull();
    expect(await db.prisma.org.count()).toBe(1);
  });
});
