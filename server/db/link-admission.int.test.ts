import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinkId, PersonId } from '../../core/domain/ids.ts';
import type { LinkStore, NewGuest } from '../ports/link-store.ts';
import { insertSession, realIds } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/until.ts';
import { openDatabase, type Database } from './client.ts';
import { createLinkStore } from './links.ts';

const NOW = '2026-11-21T08:00:00.000Z';
const LATER = '2099-01-01T00:00:00.000Z';

let db: TestDatabase;
let other: Database;
/** Two processes on one database: each has its own pool and gathers by itself. */
let processes: readonly [LinkStore, LinkStore];

beforeAll(async () => {
  db = await testDatabase();
  other = openDatabase({ url: db.url, poolSize: 8, onIdleError: () => undefined });
  processes = [createLinkStore(db), createLinkStore(other)];
});
afterAll(async () => {
  await other.close();
  await db.drop();
});

/** Links of one role into one session. */
async function makeLinks(...maxUses: readonly number[]): Promise<LinkId[]> {
  const { sessionId } = await insertSession(db.pool, 0);
  return await Promise.all(
    maxUses.map(async (most) => {
      const id = LinkId.parse(randomUUID());
      const link = { id, sessionId, role: 'resident' as const, venueId: null, expiresAt: LATER };
      await processes[0].create({ ...link, maxUses: most, uses: 0, revokedAt: null });
      return id;
    }),
  );
}

function newGuest(linkId: LinkId, name = ''): NewGuest {
  const personId = PersonId.parse(randomUUID());
  const token = realIds.token();
  const consent = { version: 1 as const, locale: null, shown: 'name' as const, at: NOW };
  const called = { name, numberedAs: '群众代表' };
  return { linkId, personId, ...called, token, consent, signInExpiresAt: LATER, now: NOW };
}
const newGuests = (linkId: LinkId, count: number) => Array.from({ length: count }, () => newGuest(linkId));

/** What is stored of these guests, and of the uses of these links. */
async function stored(guests: readonly NewGuest[], links: readonly LinkId[]) {
  const { rows } = await db.pool.query(
    `select (select count(*)::int from person where id = any($1::uuid[])) as people,
       (select count(*)::int from sign_in where person_id = any($1::uuid[])) as "signIns",
       (select sum(uses)::int from join_link where id = any($2::uuid[])) as uses`,
    [guests.map(({ personId }) => personId), links],
  );
  return rows[0];
}
const called = (count: number) => Array.from({ length: count }, (_, n) => `群众代表 ${n + 1}`);
const inOrder = (names: readonly (string | null)[]) =>
  names.toSorted((a, b) => Number(a?.split(' ')[1]) - Number(b?.split(' ')[1]));

describe('createAdmission', () => {
  it('numbers guests of two processes without a gap and each once, also by two links of one role [P4]', async () => {
    const links = await makeLinks(100, 100);
    const guests = links.flatMap((link) => newGuests(link, 40));
    // In waves, so that each process has a group under way while the next gathers.
    const names = await Promise.all(
      guests.map(async (guest, n) => {
        for (let turn = 0; turn < n % 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        return await processes[n % 2 === 0 ? 0 : 1].admit(guest);
      }),
    );
    expect(inOrder(names)).toEqual(called(80));
    expect(await stored(guests, links)).toEqual({ people: 80, signIns: 80, uses: 80 });
  });

  it('lets in as many as a link may when two processes fill it at once', async () => {
    const links = await makeLinks(25);
    const guests = newGuests(links[0]!, 60);
    const names = await Promise.all(guests.map((guest, n) => processes[n % 2 === 0 ? 0 : 1].admit(guest)));
    expect(inOrder(names.filter((name) => name !== null))).toEqual(called(25));
    expect(await stored(guests, links)).toEqual({ people: 25, signIns: 25, uses: 25 });
  });

  it('lets nobody in twice who knocks at both processes, in whatever company [P4]', async () => {
    const links = await makeLinks(100);
    const guests = newGuests(links[0]!, 30);
    const [here, there] = await Promise.all(
      processes.map((process) => Promise.all(guests.map((guest) => process.admit(guest)))),
    );
    expect(here).toEqual(there);
    expect(inOrder(here!)).toEqual(called(30));
    expect(await stored(guests, links)).toEqual({ people: 30, signIns: 30, uses: 30 });
    // The last place belongs to one; their other knock is answered with it.
    const full = await makeLinks(1);
    const last = newGuest(full[0]!);
    expect(await Promise.all(processes.map((process) => process.admit(last)))).toEqual(
      called(1).concat(called(1)),
    );
  });

  it('lets the others of a group in when one collides again and again', async () => {
    const links = await makeLinks(100);
    await db.pool.query(`create function collide() returns trigger language plpgsql as $$ begin
      if new.name = '撞' then raise unique_violation; end if; return new; end $$`);
    await db.pool.query(
      'create trigger collide before insert on person for each row execute function collide()',
    );
    const guests = [...newGuests(links[0]!, 3), newGuest(links[0]!, '撞'), ...newGuests(links[0]!, 3)];
    const answers = await Promise.allSettled(guests.map((guest) => processes[0].admit(guest)));
    await db.pool.query('drop trigger collide on person');
    const refused = answers.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []));
    expect(refused).toEqual([3]);
    expect(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))).toEqual(
      called(6),
    );
    expect(await stored(guests, links)).toEqual({ people: 6, signIns: 6, uses: 6 });
    // What stood in the way is gone: the same knock comes in.
    expect(await processes[0].admit(guests[3]!)).toBe('撞');
  });

  it('keeps nobody waiting for the link of others', async () => {
    const [[stuck], [free]] = [await makeLinks(10), await makeLinks(10)];
    const tx = await other.pool.connect();
    await tx.query('begin');
    await tx.query('select from join_link where id = $1 for update', [stuck]);
    let isIn = false;
    const waiting = processes[0].admit(newGuest(stuck!)).finally(() => (isIn = true));
    await until('it waits for its link', async () => {
      const { rowCount } = await db.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    expect(await processes[0].admit(newGuest(free!))).toBe('群众代表 1');
    expect(isIn).toBe(false);
    await tx.query('commit');
    tx.release();
    expect(await waiting).toBe('群众代表 1');
  });
});
