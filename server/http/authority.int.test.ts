import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { ViewDraft } from '../../core/domain/views.ts';
import type { AppError } from '../app-error.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, type House, planOf, signInAs, stepBody } from '../testing/test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

// Two processes that hear nothing of each other: what one ended, the other can only learn by asking.
let db: TestDatabase;
let servers: readonly TestServer[];
let house: House;
let convener: Browser;
let member: Browser;
let department: Browser;
let at: string;
let sessionId: string;

beforeAll(async () => {
  db = await testDatabase();
  servers = [await testServer(db), await testServer(db)];
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await db.drop();
});
beforeEach(async () => {
  house = await buildHouse(db.prisma);
  const names = ['convener', 'member', 'department'] as const;
  const people = names.map((name) => signInAs(browser(servers[0]?.url ?? ''), house, name));
  [convener, member, department] = (await Promise.all(people)) as [Browser, Browser, Browser];
  const planned = planOf(house);
  sessionId = planned.sessionId;
  at = `/api/sessions/${sessionId}`;
  await convener.send('POST', '/api/sessions', planned.body);
  for (const step of ['enter', 'open']) await convener.send('POST', `${at}/${step}`, stepBody(step));
  // Everybody was found once by each process.
  for (const one of [member, department]) for (const n of [0, 1]) expect(why(await say(one, n))).toBe('done');
});

const why = ({ body }: Answer): string => body.reason ?? 'done';
const view = () => ({ id: randomUUID(), stance: 'suggestion', text: '一条意见', replyTo: null });
/** Somebody posts a view at one of the two. */
const say = (who: Browser, n: number, asked: { key?: string; body?: object } = {}) =>
  browser(servers[n]?.url ?? '').send('POST', `${at}/views`, asked.body ?? view(), {
    cookie: who.cookie() ?? '',
    'idempotency-key': asked.key ?? randomUUID(),
  });
const seq = async () => {
  const { rows } = await db.pool.query('select seq::int as seq from session where id = $1', [sessionId]);
  return rows[0]?.seq as number;
};
const idOf = (name: string) => house.personIds[name] ?? '';
/** Somebody as the door finds them. */
const whoIs = async (name: string) => {
  const { rows } = await db.pool.query(
    `select encode(token_hash, 'hex') as id, participant.id as seat from sign_in
     join participant using (person_id) where person_id = $1 and session_id = $2`,
    [idOf(name), sessionId],
  );
  const seat = { sessionId: SessionId.parse(sessionId), id: ParticipantId.parse(rows[0]?.seat) };
  const nobody = { name: '', office: null, orgId: null, isGuest: false };
  return { ...nobody, personId: PersonId.parse(idOf(name)), signInId: String(rows[0]?.id), seat };
};
const revoke = `update sign_in set revoked_at = now() where person_id = $1`;

/** Runs work while somebody else holds the lock of the session's row; waits until so many wait for it. */
async function whileLocked(lock: string, values: readonly unknown[], work: () => Promise<void>) {
  const tx = await db.pool.connect();
  try {
    await tx.query('begin');
    await tx.query(lock, [...values]);
    await work();
    await tx.query('commit');
  } finally {
    tx.release();
  }
}
const someoneWaits = () =>
  until('a statement waits for the lock', async () => {
    const { rowCount } = await db.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount === 1;
  });
const LOCK = 'select from session where id = $1 for no key update';

describe('the authority of a command', () => {
  it.each([
    ['was revoked', revoke, 'SIGN_IN_REVOKED'],
    ['ran out', `update sign_in set expires_at = now() where person_id = $1`, 'SIGN_IN_REVOKED'],
    ['is gone', 'delete from sign_in where person_id = $1', 'SIGN_IN_REVOKED'],
    ['is of somebody disabled', 'update person set disabled_at = now() where id = $1', 'SIGN_IN_REVOKED'],
    [
      'has lost its seat to another',
      `update participant set person_id = (select id from person where login like 'stranger-%' and org_id =
        (select org_id from person where id = $1)) where person_id = $1`,
      'SESSION_UNKNOWN',
    ],
  ])(
    'ends between two commands, when the sign-in %s: in either process [P13]',
    async (_what, change, reason) => {
      const key = randomUUID();
      const body = view();
      expect(why(await say(member, 0, { key, body }))).toBe('done');
      const before = await seq();
      await db.pool.query(change, [idOf('member')]);
      for (const n of [0, 1]) {
        expect(why(await say(member, n))).toBe('SIGN_IN_REVOKED');
        expect(why(await say(member, n))).toBe(reason);
        expect(why(await say(member, n, { key, body }))).toBe(reason);
      }
      expect(await seq()).toBe(before);
      expect(why(await say(department, 0))).toBe('done');
    },
  );

  it('ends by signing out in the other process, also for what the rules would refuse anyway [P13]', async () => {
    const elsewhere = browser(servers[1]?.url ?? '');
    const cookie = { cookie: member.cookie() ?? '' };
    expect(why(await elsewhere.send('POST', '/api/sign-out', { everywhere: false }, cookie))).toBe('done');
    await convener.send('POST', `${at}/pause`, {});
    expect(why(await say(department, 0))).toBe('SESSION_NOT_OPEN');
    expect(why(await say(member, 0))).toBe('SIGN_IN_REVOKED');
  });

  it('ends while the command waits for its turn: nothing is stored [P13]', async () => {
    for (const n of [0, 1]) {
      const before = await seq();
      let answer: Promise<Answer> | undefined;
      await whileLocked(LOCK, [sessionId], async () => {
        answer = say(member, n);
        await someoneWaits();
        await db.pool.query(revoke, [idOf('member')]);
      });
      expect(why((await answer)!)).toBe('SIGN_IN_REVOKED');
      expect(await seq()).toBe(before);
      await db.pool.query('update sign_in set revoked_at = null where person_id = $1', [idOf('member')]);
      expect(why(await say(member, n))).toBe('done');
    }
  });

  it('ends for its own commands only: the others of the batch go through [P13] [L8]', async () => {
    const before = await seq();
    const people = { member: await whoIs('member'), department: await whoIs('department') };
    const submit = (name: keyof typeof people) =>
      servers[0]!.services.rooms
        .submit({
          who: people[name],
          sessionId: people[name].seat.sessionId,
          key: randomUUID(),
          command: { type: 'postView', view: ViewDraft.parse(view()) },
        })
        .then(
          () => 'done',
          (error: AppError) => error.reason,
        );
    let answers: readonly Promise<string>[] = [];
    await whileLocked(LOCK, [sessionId], async () => {
      const first = submit('department');
      await someoneWaits();
      // These gather behind the one that waits.
      answers = [first, submit('member'), submit('department'), submit('member')];
      await db.pool.query(revoke, [idOf('member')]);
    });
    const reasons = await Promise.all(answers);
    expect(reasons).toEqual(['done', 'SIGN_IN_REVOKED', 'done', 'SIGN_IN_REVOKED']);
    expect(await seq()).toBe(before + 2);
  });

  it('waits for an end that is under way, and goes on when that is taken back [P13]', async () => {
    let answer: Promise<Answer> | undefined;
    await whileLocked(revoke, [idOf('member')], async () => {
      answer = say(member, 0);
      await someoneWaits();
    });
    expect(why((await answer)!)).toBe('SIGN_IN_REVOKED');
    const tx = await db.pool.connect();
    await tx.query('begin');
    await tx.query(revoke, [idOf('department')]);
    answer = say(department, 1);
    await someoneWaits();
    await tx.query('rollback');
    tx.release();
    expect(why(await answer)).toBe('done');
  });

  it('is asked again by a command that PostgreSQL ended for a deadlock [P13]', async () => {
    // PostgreSQL looks for a circle once, a second after somebody began to wait. One that is closed later is found by
    // nobody: the command gives up, says BUSY, and another one is tried. Done is only what was ended and asked again.
    let reason = 'BUSY';
    for (let n = 0; n < 5 && reason === 'BUSY'; n += 1) reason = await sayInCircle(n);
    expect(reason).toBe('done');
  });

  /** What comes of a command that holds the session and waits for a sign-in, whose holder then waits for the session. */
  async function sayInCircle(n: number): Promise<string> {
    const tx = await db.pool.connect();
    await tx.query('begin');
    // Whoever finds the circle is ended; this one does not look for it, so that is the command.
    await tx.query("set local deadlock_timeout = '1min'");
    await tx.query(revoke, [idOf('member')]);
    const answer = say(member, n);
    await someoneWaits();
    await tx.query(LOCK, [sessionId]);
    await tx.query('rollback');
    tx.release();
    return why(await answer);
  }

  it('ends while a session is being planned: nothing more of it is stored [P13]', async () => {
    const planned = planOf(house);
    await convener.send('POST', '/api/sessions', planned.body);
    // As it was after the rows of the session, before its log.
    for (const table of ['room_event', 'room_command', 'participant'])
      await db.pool.query(`delete from ${table} where session_id = $1`, [planned.sessionId]);
    await db.pool.query('update session set seq = 0 where id = $1', [planned.sessionId]);
    let answer: Promise<Answer> | undefined;
    await whileLocked(LOCK, [planned.sessionId], async () => {
      answer = convener.send('POST', '/api/sessions', planned.body);
      await someoneWaits();
      await db.pool.query(revoke, [idOf('convener')]);
    });
    expect(why((await answer)!)).toBe('SIGN_IN_REVOKED');
    const { rows } = await db.pool.query('select seq::int as seq from session where id = $1', [
      planned.sessionId,
    ]);
    expect(rows).toEqual([{ seq: 0 }]);
  });
});
