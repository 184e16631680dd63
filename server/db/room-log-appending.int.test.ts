import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import type { Claim } from '../ports/rooms.ts';
import {
  db,
  engine,
  logOn,
  outsider,
  setEngineStage,
  setOutsider,
  viewTexts,
  wholeLog,
  type Engine,
} from '../testing/engine-stage.ts';
import { ask, openSession, viewCommand, type TestSession } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { openDatabase, type Database } from './client.ts';

setEngineStage();
setOutsider();
let other: Database;

beforeAll(() => {
  other = openDatabase({ url: db.url, poolSize: 4, onIdleError: () => undefined });
});
afterAll(() => other.close());

async function openRooms(rooms: Engine, count: number): Promise<TestSession[]> {
  const sessions: TestSession[] = [];
  for (let n = 0; n < count; n += 1)
    sessions.push(await openSession({ pool: db.pool, rooms }, ['resident', 'member']));
  return sessions;
}

/** Somebody posts a view; what became of it. */
function post(
  rooms: Engine,
  session: TestSession,
  { text = '意见', claim, key = randomUUID() }: { text?: string; claim?: Claim; key?: string } = {},
): Promise<string> {
  const { personId, who } = session.people[0]!;
  const command = viewCommand(text);
  const submission = { sessionId: session.sessionId, who, actor: personId, key, command };
  return rooms.submit(claim === undefined ? submission : { ...submission, claim }).then(
    () => 'done',
    (error: AppError) => error.reason,
  );
}

async function signIn(session: TestSession): Promise<Claim> {
  const [{ personId, id }, token] = [session.people[0]!, randomBytes(32)];
  await db.pool.query(
    `insert into sign_in (token_hash, person_id, created_at, expires_at) values ($1, $2, now(), now() + interval '1 day')`,
    [token, personId],
  );
  return { signInId: token.toString('hex'), personId, seat: id };
}

async function viewsOf({ sessionId }: TestSession): Promise<readonly string[]> {
  return viewTexts(await wholeLog(sessionId));
}

/** How many transactions wrote the newest rows of these sessions. */
async function commitsOf(sessions: readonly TestSession[]): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(distinct e.xmin::text)::int as count from room_event e join session s on s.id = e.session_id
     where e.seq = s.seq and s.id = any($1::uuid[])`,
    [sessions.map(({ sessionId }) => sessionId)],
  );
  return rows[0]?.count ?? 0;
}

describe('createRoomLog with many rooms at once', () => {
  it('stores what several rooms ask in one moment with one commit', async () => {
    const rooms = engine();
    const sessions = await openRooms(rooms, 5);
    let rounds = 0;
    // Each begins when its own turn comes: on a busy machine not always all five in the same one.
    await until('five rooms share a commit', async () => {
      rounds += 1;
      const answers = await Promise.all(sessions.map((session) => post(rooms, session)));
      expect(answers).toEqual(Array(5).fill('done'));
      return (await commitsOf(sessions)) === 1;
    });
    for (const session of sessions) expect(await viewsOf(session)).toEqual(Array(rounds).fill('意见'));
  });

  it('judges each room for itself: an ended sign-in, a used key, a log that moved [L10] [P13]', async () => {
    const rooms = engine();
    const [ended, good, moved, used, plain] = await openRooms(rooms, 5);
    const claims = [await signIn(ended!), await signIn(good!)] as const;
    const key = randomUUID();
    await post(rooms, used!, { text: '先', key });
    await post(engine({ roomLog: logOn(other) }), moved!, { text: '先' });
    await db.pool.query('update sign_in set revoked_at = now() where person_id = $1', [claims[0].personId]);
    const answers = await Promise.all([
      post(rooms, ended!, { claim: claims[0] }),
      post(rooms, good!, { claim: claims[1] }),
      post(rooms, moved!),
      post(rooms, used!, { key }),
      post(rooms, plain!),
    ]);
    expect(answers).toEqual(['SIGN_IN_REVOKED', 'done', 'done', 'KEY_REUSED', 'done']);
    const stored = await Promise.all([ended!, good!, moved!, used!, plain!].map(viewsOf));
    expect(stored).toEqual([[], ['意见'], ['先', '意见'], ['先'], ['意见']]);
  });

  it.each([
    ['a room', (session: TestSession) => ['select from session where id = $1 for update', session.sessionId]],
    [
      'a sign-in',
      ({ people }: TestSession) => [
        'update sign_in set revoked_at = now() where person_id = $1',
        people[0]!.personId,
      ],
    ],
  ])('holds up nobody while %s is locked by somebody else [L10] [L9]', async (_what, lockOf) => {
    const rooms = engine();
    const sessions = await openRooms(rooms, 4);
    const claims = await Promise.all(sessions.map(signIn));
    const [text, id] = lockOf(sessions[0]!);
    await outsider.query('begin');
    await outsider.query(text!, [id]);
    let isDone = false;
    const locked = post(rooms, sessions[0]!, { claim: claims[0]! }).finally(() => (isDone = true));
    for (let n = 0; n < 3; n += 1) {
      const others = sessions.slice(1).map((session, i) => post(rooms, session, { claim: claims[i + 1]! }));
      expect(await Promise.all(others)).toEqual(['done', 'done', 'done']);
    }
    expect(isDone).toBe(false);
    await outsider.query('rollback');
    expect(await locked).toBe('done');
    expect((await Promise.all(sessions.map(viewsOf))).map(({ length }) => length)).toEqual([1, 3, 3, 3]);
  });

  it('lets a batch that breaks a constraint fail alone [L10] [L8]', async () => {
    const rooms = engine();
    const [one, two] = await openRooms(rooms, 2);
    const nobody = randomUUID() as never;
    const participant = { name: '谁', affiliation: '', venueId: 'main', isGuest: false } as const;
    const answers = await Promise.allSettled([
      ask(rooms, one!, one!.convener, {
        type: 'addParticipant',
        participant: { ...participant, id: randomUUID() as never, role: 'resident' },
        personId: nobody,
      }),
      post(rooms, two!),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await viewsOf(two!)).toEqual(['意见']);
  });

  it('keeps every log whole while two processes storm the same rooms and backends die [L1] [L7] [L10]', async () => {
    const both = [engine(), engine({ roomLog: logOn(other) })];
    const sessions = await openRooms(both[0]!, 6);
    const state = { isDone: false, kills: 0 };
    const killing = until(
      'enough was killed',
      async () => {
        const { rowCount } = await outsider.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'shangliang' and state <> 'idle'
           and query like 'with asked%'`,
        );
        state.kills += rowCount ?? 0;
        return state.kills > 4 || state.isDone;
      },
      30_000,
    ).finally(() => (state.isDone = true));
    const texts = sessions.map((): string[] => []);
    const send = async (n: number, text: string) => {
      const session = sessions[n % sessions.length]!;
      const [command, key] = [viewCommand(text), randomUUID()];
      for (;;) {
        try {
          return await ask(both[n % 2]!, session, session.people[n % 3 === 0 ? 0 : 1]!, command, key);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error;
        }
      }
    };
    let asked = 0;
    const writers = Array.from({ length: 24 }, async () => {
      while (asked < 200 || (!state.isDone && asked < 5_000)) {
        const n = asked++;
        texts[n % sessions.length]?.push(`意见${n}`);
        await send(n, `意见${n}`);
      }
    });
    await Promise.all(writers).finally(() => (state.isDone = true));
    await killing;
    expect(state.kills).toBeGreaterThan(0);
    for (const [n, session] of sessions.entries())
      expect((await viewsOf(session)).toSorted()).toEqual(texts[n]?.toSorted());
  });
});
