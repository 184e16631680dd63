import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import { PersonId } from '../../core/domain/ids.ts';
import { realClock, until } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, type House } from '../testing/test-house.ts';
import { createSignIns } from './sign-ins.ts';

let db: TestDatabase;
let house: House;

beforeAll(async () => {
  db = await testDatabase();
  house = await buildHouse(db.prisma);
});
afterAll(() => db.drop());

const idOf = (name: string) => PersonId.parse(house.personIds[name]);
const add = async (name: string, passwordHash: string) =>
  createSignIns(db.pool, { clock: realClock, secureOnly: false }).add({
    token: randomBytes(32).toString('base64url'),
    personId: idOf(name),
    passwordHash,
    expiresAt: '2099-01-01T00:00:00.000Z',
  });
const hashNow = async (name: string) => {
  const person = await db.prisma.person.findUniqueOrThrow({ where: { id: idOf(name) } });
  return person.passwordHash ?? '';
};
const signIns = (name: string) => db.prisma.signIn.count({ where: { personId: idOf(name) } });

describe('createSignIns', () => {
  it('adds no sign-in under a password that was changed, or for whoever was disabled, meanwhile [P9]', async () => {
    const hash = await hashNow('member');
    expect(await add('member', hash)).toBe(true);
    await db.prisma.person.update({ where: { id: idOf('member') }, data: { passwordHash: 'another' } });
    expect(await add('member', hash)).toBe(false);
    await db.prisma.person.update({ where: { id: idOf('member') }, data: { disabledAt: new Date() } });
    expect(await add('member', 'another')).toBe(false);
    expect(await signIns('member')).toBe(1);
  });

  it('waits for a change that is under way, and then refuses [P9]', async () => {
    const hash = await hashNow('convener');
    const tx = await db.pool.connect();
    await tx.query('begin');
    await tx.query(`update person set password_hash = 'another' where id = $1`, [idOf('convener')]);
    const adding = add('convener', hash);
    await until('the sign-in waits for the lock', async () => {
      const { rowCount } = await db.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    await tx.query('commit');
    tx.release();
    expect(await adding).toBe(false);
    expect(await signIns('convener')).toBe(0);
  });
});
