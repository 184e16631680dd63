import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { LogRow } from '../../core/domain/chain.ts';
import { Instant, type SessionId } from '../../core/domain/ids.ts';
import { createErasures } from '../db/erasures.ts';
import { createRecordRows } from '../db/record-rows.ts';
import { eraseRound } from '../jobs/erasing.ts';
import type { Cut } from '../ports/sign-ins.ts';
import { silentLog } from './room-fixtures.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { buildHouse, planOf, signInAs, type House } from './test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from './test-server.ts';

export const DAY_MS = 24 * 3_600_000;
export const NAMES = ['王秀兰', '李建国'];
export const WORDS = '门口放学时两边都停满了车';

// What the test at hand works with: a database for its file, a house and a convener for itself.
export let db: TestDatabase;
export let house: House;
export let convener: Browser;
/** Sign-ins that were cut. */
export let cuts: Cut[];
export let server: TestServer;

/** Call it once in a test file. */
export function setErasingStage(): void {
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
    await db.pool.query(`update session set closed_at = null, erased_at = now() + interval '1 year'`);
  });
  afterAll(async () => {
    await db.drop();
  });
}

const why = ({ body }: Answer) => body.reason ?? 'done';
export const must = async (answer: Promise<Answer>) => {
  const got = await answer;
  expect(why(got)).toBe('done');
  return got.body;
};

/** A session with two guests, one of whom was removed, that has just closed. */
export async function closedSession() {
  const session = await openedSession();
  await must(convener.send('POST', `${session.at}/close`, {}));
  expect(await createRecordRows(db.pool).write(session.sessionId)).toBe(true);
  return session;
}

/** The same in session. */
export async function openedSession() {
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
  await must(convener.send('POST', `${at}/open`, { why: '测试' }));
  const view = { id: randomUUID(), stance: 'support', text: WORDS, replyTo: null };
  await must(guests[0]!.browser.send('POST', `${at}/enter`, {}));
  await must(guests[0]!.browser.send('POST', `${at}/views`, view));
  await must(guests[0]!.browser.send('PUT', `${at}/note`, { text: `${NAMES[0]}：记一笔`, after: 0 }));
  await must(convener.send('DELETE', `${at}/participants/${guests[1]!.id}`, { why: '重复进入' }));
  return { sessionId, at, guests };
}
export type Closed = Awaited<ReturnType<typeof closedSession>>;

export const daysLater = (days: number) => () =>
  Instant.parse(new Date(Date.now() + days * DAY_MS).toISOString());
export const round = (days: number, pool = db.pool) =>
  eraseRound({
    erasures: createErasures(pool),
    cuts: { cut: (cut) => cuts.push(cut) },
    clock: { now: daysLater(days) },
    log: silentLog,
  });

/** Every row of every table that could know a guest of a session, as text. */
export async function everything(sessionId: SessionId): Promise<string> {
  const questions = [
    'select * from session where id = $1',
    'select * from room_event where session_id = $1 order by seq',
    'select * from room_command where session_id = $1 order by key',
    'select * from archive where session_id = $1',
    'select * from archive_row where session_id = $1 order by no',
    'select * from session_note where session_id = $1 order by person_id',
    'select * from participant where session_id = $1 order by id',
    `select person.* from person join participant p on p.person_id = person.id where session_id = $1 order by person.id`,
    `select s.* from sign_in s join participant p on p.person_id = s.person_id where session_id = $1 order by token_hash`,
  ];
  const answers = await Promise.all(questions.map((sql) => db.pool.query(sql, [sessionId])));
  return JSON.stringify(answers.map(({ rows }) => rows));
}

/** What the reader's own browser is given to verify. */
export async function evidence({ at }: Pick<Closed, 'at'>) {
  const archive = Archive.parse(await must(convener.get(`${at}/archive`)));
  const log = await must(convener.get(`${at}/log?after=0`));
  return { archive, rows: LogRow.array().parse(log.rows) };
}

/** Holds the archive of a session, so that an erasure stands still in the middle of its transaction. */
export async function holdArchive({ sessionId }: Closed) {
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
