import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyArchive } from '../../client/features/archives/verify.ts';
import { Archive } from '../../core/contract/archives.ts';
import { RETENTION } from '../../core/contract/limits.ts';
import { LogRow } from '../../core/domain/chain.ts';
import { Instant, type SessionId } from '../../core/domain/ids.ts';
import { createErasures } from '../db/erasures.ts';
import type { Cut } from '../ports/sign-ins.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, planOf, signInAs, type House } from '../testing/test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';
import { eraseRound, startErasing } from './erasing.ts';

const DAY_MS = 24 * 3_600_000;
const NAMES = ['王秀兰', '李建国'];
const WORDS = '门口放学时两边都停满了车';

let db: TestDatabase;
let server: TestServer;
let house: House;
let convener: Browser;
let cuts: Cut[];

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  // A server of its own: rates are counted by address.
  server = await testServer(db);
  house = await buildHouse(db.prisma);
  convener = await signInAs(browser(server.url), house, 'convener');
  cuts = [];
});
afterEach(async () => {
  await server.close();
  // What one test left due is nothing to the next.
  await db.pool.query('update session set closed_at = null');
});
afterAll(async () => {
  await db.drop();
});

const why = ({ body }: Answer) => body.reason ?? 'done';
const must = async (answer: Promise<Answer>) => {
  const got = await answer;
  expect(why(got)).toBe('done');
  return got.body;
};

/** A session with two guests, one of whom was removed, that has just closed. */
async function closedSession() {
  const { sessionId, body } = planOf(house);
  const at = `/api/sessions/${sessionId}`;
  await must(convener.send('POST', '/api/sessions', body));
  const wish = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 9 };
  const link = await must(convener.send('POST', `${at}/links`, wish));
  const guests = NAMES.map((name) => ({ name, browser: browser(server.url), id: '' }));
  for (const guest of guests) {
    const token = link.url.split('#')[1];
    const asked = { token, key: randomUUID(), consent: true, name: guest.name, venueId: null };
    guest.id = (await must(guest.browser.send('POST', '/api/join', asked))).participantId;
  }
  await must(convener.send('POST', `${at}/enter`, {}));
  await must(convener.send('POST', `${at}/open`, {}));
  const view = { id: randomUUID(), stance: 'support', text: WORDS, replyTo: null };
  await must(guests[0]!.browser.send('POST', `${at}/enter`, {}));
  await must(guests[0]!.browser.send('POST', `${at}/views`, view));
  await must(convener.send('DELETE', `${at}/participants/${guests[1]!.id}`, { why: '重复进入' }));
  await must(convener.send('POST', `${at}/close`, {}));
  return { sessionId, at, guests };
}
type Closed = Awaited<ReturnType<typeof closedSession>>;

const daysLater = (days: number) => () => Instant.parse(new Date(Date.now() + days * DAY_MS).toISOString());
const round = (days: number, pool = db.pool) =>
  eraseRound({
    erasures: createErasures(pool),
    cuts: { cut: (cut) => cuts.push(cut) },
    clock: { now: daysLater(days) },
    log: silentLog,
  });

/** Every row of every table that could know a guest of a session, as text. */
async function everything(sessionId: SessionId): Promise<string> {
  const questions = [
    'select * from session where id = $1',
    'select * from room_event where session_id = $1 order by seq',
    'select * from room_command where session_id = $1 order by key',
    'select * from archive where session_id = $1',
    'select * from participant where session_id = $1 order by id',
    `select person.* from person join participant p on p.person_id = person.id where session_id = $1 order by person.id`,
    `select s.* from sign_in s join participant p on p.person_id = s.person_id where session_id = $1 order by token_hash`,
  ];
  const answers = await Promise.all(questions.map((sql) => db.pool.query(sql, [sessionId])));
  return JSON.stringify(answers.map(({ rows }) => rows));
}

/** What the reader's own browser is given to verify. */
async function evidence({ at }: Closed) {
  const archive = Archive.parse(await must(convener.get(`${at}/archive`)));
  const log = await must(convener.get(`${at}/log?after=0`));
  return { archive, rows: LogRow.array().parse(log.rows) };
}

/** Holds the archive of a session, so that an erasure stands still in the middle of its transaction. */
async function holdArchive({ sessionId }: Closed) {
  const holder = await db.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from archive where session_id = $1 for update', [sessionId]);
  return {
    waiting: async () => {
      const { rows } = await db.pool.query<{ pid: number }>(
        `select pid from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like 'update archive%'`,
      );
      return rows.map(({ pid }) => pid);
    },
    letGo: async () => {
      await holder.query('rollback');
      holder.release();
    },
  };
}

describe('eraseRound', () => {
  it('deletes names, affiliations and sign-ins of guests eight days after the close, and keeps their words [E1]', async () => {
    const closed = await closedSession();
    const before = await everything(closed.sessionId);
    for (const name of NAMES) expect(before).toContain(name);
    expect(await round(8)).toMatchObject({ guests: 2, failed: 0 });
    const after = await everything(closed.sessionId);
    for (const name of NAMES) expect(after).not.toContain(name);
    expect(after).toContain(WORDS);
    expect(cuts).toHaveLength(2);
    for (const guest of closed.guests) {
      expect((await guest.browser.get('/api/me')).status).toBe(401);
      expect((await guest.browser.get(`${closed.at}/archive`)).status).toBe(401);
    }
    const { rows } = await db.pool.query(
      `select salt, body_hash from room_event e join room_command c on c.session_id = e.session_id and first_seq = seq
       where e.session_id = $1 and payload->'participant'->'isGuest' = 'true'`,
      [closed.sessionId],
    );
    // Whoever guesses a name finds nothing to compare it with.
    expect(rows).toEqual(NAMES.map(() => ({ salt: null, body_hash: '' })));
  });

  it('shows no erased name at any door, of a process that held the room before either [E1] [E2]', async () => {
    const closed = await closedSession();
    const doors = ['snapshot', 'events?after=0', 'archive', 'log?after=0'];
    const read = async (who: Browser) =>
      await Promise.all(
        doors.map(async (door) => JSON.stringify(await must(who.get(`${closed.at}/${door}`)))),
      );
    for (const text of await read(convener)) expect(text).toContain(NAMES[0]);
    await round(8);
    for (const text of await read(convener)) for (const name of NAMES) expect(text).not.toContain(name);
  });

  it('leaves a chain that verifies and a log that folds to the archive [E3] [L2] [L4] [L5]', async () => {
    const closed = await closedSession();
    const headBefore = (await evidence(closed)).archive.headHash;
    await round(8);
    const proof = await evidence(closed);
    expect(proof.archive.headHash).toBe(headBefore);
    expect(verifyArchive(proof)).toMatchObject({
      holds: true,
      findings: [{ check: 'chain', erased: 2 }, { check: 'room', part: null }, { check: 'text' }],
    });
    const seats = closed.guests.map(
      ({ id }) => Object.entries(proof.archive.room.participants).find(([key]) => key === id)?.[1],
    );
    expect(seats.map((seat) => [seat?.name, seat?.affiliation, seat?.isGuest])).toEqual(
      NAMES.map(() => ['', '', true]),
    );
    expect(seats[1]?.removedAt).not.toBeNull();
    expect(proof.archive.room.views.map(({ by, text }) => [by, text])).toEqual([
      [closed.guests[0]?.id, WORDS],
    ]);
  });

  it('touches nothing before its day, and no session that is not closed [E1]', async () => {
    const closed = await closedSession();
    const open = planOf(house);
    await must(convener.send('POST', '/api/sessions', open.body));
    const before = await Promise.all([everything(closed.sessionId), everything(open.sessionId)]);
    expect(await round(6)).toEqual({ sessions: 0, guests: 0, failed: 0 });
    expect(RETENTION.guestDays).toBe(7);
    expect(await Promise.all([everything(closed.sessionId), everything(open.sessionId)])).toEqual(before);
    expect((await closed.guests[0]?.browser.get('/api/me'))?.body.name).toBe(NAMES[0]);
    await round(400);
    expect(await everything(open.sessionId)).toBe(before[1]);
  });

  it('takes nothing from accounts: names, seats and sign-ins stay [E1]', async () => {
    const closed = await closedSession();
    const accounts = async () => {
      const people = await db.pool.query('select * from person where not is_guest order by id');
      const signIns = await db.pool.query(
        'select s.* from sign_in s join person p on p.id = s.person_id where not is_guest order by token_hash',
      );
      const added = `select * from room_event where session_id = $1 and payload->'participant'->'isGuest' = 'false' order by seq`;
      return [people.rows, signIns.rows, (await db.pool.query(added, [closed.sessionId])).rows];
    };
    const before = await accounts();
    await round(8);
    expect(await accounts()).toEqual(before);
    const { archive } = await evidence(closed);
    expect(JSON.stringify(archive)).toContain('与会 member');
  });

  it('does the same once, however often and by however many it is asked [E3]', async () => {
    const closed = await closedSession();
    const held = await holdArchive(closed);
    const first = round(8);
    await until('the first is in the middle', async () => (await held.waiting()).length === 1);
    expect(await round(8)).toMatchObject({ sessions: 0, failed: 0 });
    await held.letGo();
    expect(await first).toMatchObject({ sessions: 1, guests: 2 });
    const after = await everything(closed.sessionId);
    expect(await round(9)).toMatchObject({ sessions: 0, guests: 0 });
    expect(await everything(closed.sessionId)).toBe(after);
  });

  it('leaves nothing half when it is killed in the middle, and finishes it the next time [E3]', async () => {
    const closed = await closedSession();
    const before = await everything(closed.sessionId);
    const held = await holdArchive(closed);
    const killed = round(8);
    await until('it is in the middle', async () => (await held.waiting()).length === 1);
    const [pid] = await held.waiting();
    await db.pool.query('select pg_terminate_backend($1)', [pid]);
    expect(await killed).toMatchObject({ sessions: 0, failed: 1 });
    await held.letGo();
    expect(await everything(closed.sessionId)).toBe(before);
    expect(cuts).toEqual([]);
    expect(await round(8)).toMatchObject({ sessions: 1, guests: 2, failed: 0 });
  });

  it('erases the others when one session cannot be erased [E3]', async () => {
    const [broken, whole] = [await closedSession(), await closedSession()];
    await db.pool.query('update archive set seq = seq + 1 where session_id = $1', [broken.sessionId]);
    const before = await everything(broken.sessionId);
    expect(await round(8)).toMatchObject({ sessions: 1, guests: 2, failed: 1 });
    expect(await everything(broken.sessionId)).toBe(before);
    expect(await everything(whole.sessionId)).not.toContain(NAMES[0]);
  });

  it('deletes guests who never got a seat [E1]', async () => {
    const id = randomUUID();
    await db.prisma.person.create({ data: { id, name: '王秀兰', isGuest: true } });
    await db.prisma.signIn.create({
      data: { tokenHash: Buffer.from(id), personId: id, expiresAt: new Date(Date.now() + DAY_MS) },
    });
    await round(6);
    expect(await db.prisma.person.count({ where: { id } })).toBe(1);
    await round(8);
    expect(await db.prisma.person.count({ where: { id } })).toBe(0);
  });
});

describe('startErasing', () => {
  const job = () =>
    startErasing(
      {
        erasures: createErasures(db.pool),
        cuts: { cut: () => undefined },
        clock: { now: daysLater(8) },
        log: silentLog,
      },
      20,
    );
  const closeAgo = async ({ sessionId }: Closed, hours: number | null) =>
    await db.pool.query('update session set closed_at = now() - make_interval(hours => $2) where id = $1', [
      sessionId,
      hours,
    ]);
  const isErased = async ({ sessionId }: Closed) => !(await everything(sessionId)).includes(NAMES[0]!);

  it('runs at once and again, and ends with the session it is at when it is stopped [E1] [E3]', async () => {
    const [first, second, third] = [await closedSession(), await closedSession(), await closedSession()];
    await closeAgo(first, 1);
    await closeAgo(third, null);
    const held = await holdArchive(first);
    const stopped = job();
    await until('the first is in the middle', async () => (await held.waiting()).length === 1);
    const closing = stopped.close();
    await held.letGo();
    await closing;
    expect([await isErased(first), await isErased(second)]).toEqual([true, false]);
    const running = job();
    try {
      await until('the second is erased', () => isErased(second));
      expect(await isErased(third)).toBe(false);
      await closeAgo(third, 0);
      await until('a later round erases the third', () => isErased(third));
    } finally {
      await running.close();
    }
  });
});
