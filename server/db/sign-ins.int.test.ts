import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import { PersonId } from '../../core/domain/ids.ts';
import { realClock } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, type House } from '../testing/test-house.ts';
import { until } from '../testing/until.ts';
import { isOurToken, signInToken } from '../sign-in-token.ts';
import { createAccountRecords } from './account-records.ts';
import { createSignIns } from './sign-ins.ts';

let db: TestDatabase;
let house: House;

beforeAll(async () => {
  db = await testDatabase();
  house = await buildHouse(db.prisma);
});
afterAll(() => db.drop());

const idOf = (name: string) => PersonId.parse(house.personIds[name]);
const signInsOf = () => createSignIns(db.pool, { clock: realClock, secureOnly: false, isOurs: () => true });
const add = async (name: string, passwordHash: string) =>
  signInsOf().add({
    token: randomBytes(32).toString('base64url'),
    personId: idOf(name),
    passwordHash,
    expiresAt: '2099-01-01T00:00:00.000Z',
  });
const hashNow = async (name: string) => {
  const person = await db.prisma.person.findUniqueOrThrow({ where: { id: idOf(name) } });
  return person.passwordHash ?? '';
};
async function someoneWaits(): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount === 1;
}
const signIns = (name: string) => db.prisma.signIn.count({ where: { personId: idOf(name) } });

describe('createSignIns', () => {
  it('asks the database for no token that is not ours, and for one that has ended once [P14]', async () => {
    const secret = 'a secret of thirty-two characters';
    let queries = 0;
    const query = (...asked: Parameters<typeof db.pool.query>) => {
      queries += 1;
      return db.pool.query(...asked);
    };
    const pool = { query } as unknown as typeof db.pool;
    const isOurs = (token: string) => isOurToken(secret, token);
    const store = createSignIns(pool, { clock: realClock, secureOnly: false, isOurs });
    const asked = (token: string) => store.find(`shangliang=${token}`);
    for (let n = 0; n < 20; n += 1) expect(await asked(randomBytes(32).toString('base64url'))).toBeNull();
    expect(queries).toBe(0);
    const token = signInToken(secret, randomBytes(32));
    const passwordHash = await hashNow('admin');
    const expiresAt = '2099-01-01T00:00:00.000Z';
    expect(await store.add({ token, personId: idOf('admin'), passwordHash, expiresAt })).toBe(true);
    queries = 0;
    const found = [await asked(token), await asked(token)];
    expect([found.map((who) => who?.personId), queries]).toEqual([[idOf('admin'), idOf('admin')], 2]);
    await store.revoke(found[0]?.signInId ?? '');
    queries = 0;
    for (let n = 0; n < 20; n += 1) expect(await asked(token)).toBeNull();
    expect(queries).toBe(1);
  });

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
    await until('the sign-in waits for the lock', someoneWaits);
    await tx.query('commit');
    tx.release();
    expect(await adding).toBe(false);
    expect(await signIns('convener')).toBe(0);
  });

  it.each([
    ['revokeAll', (personId: PersonId) => signInsOf().revokeAll(personId)],
    [
      'disabling',
      (personId: PersonId) =>
        createAccountRecords(db.prisma).change(personId, { isDisabled: true }, realClock.now()),
    ],
  ])('locks the sign-ins of one person in the order of batches: %s [P9] [P13]', async (_name, end) => {
    const personId = idOf('department');
    await db.pool.query('delete from sign_in where person_id = $1', [personId]);
    // The later one lies first on the disk.
    for (const first of ['ff', '00'])
      await db.pool.query(
        `insert into sign_in (token_hash, person_id, created_at, expires_at)
         values (decode($1 || repeat('ab', 31), 'hex'), $2, now(), now() + interval '1 day')`,
        [first, personId],
      );
    const share = (which: string) =>
      `select encode(token_hash, 'hex') as id from sign_in where person_id = '${personId}' and ${which}`;
    const tx = await db.pool.connect();
    await tx.query('begin');
    await tx.query(`${share(`get_byte(token_hash, 0) = 0`)} for share`);
    const ending = end(personId);
    await until('it waits for the first', someoneWaits);
    const { rowCount } = await db.pool.query(
      `${share(`get_byte(token_hash, 0) = 255`)} for share skip locked`,
    );
    await tx.query('commit');
    tx.release();
    expect(rowCount).toBe(1);
    expect(await ending).toHaveLength(2);
  });
});
