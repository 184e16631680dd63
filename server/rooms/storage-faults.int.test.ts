import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../core/domain/ids.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import { openDatabase } from '../db/client.ts';
import type { Batch, RoomLog } from '../ports/room-log.ts';
import {
  db,
  engine,
  logOn,
  outsider,
  setEngineStage,
  setOutsider,
  viewTexts,
  wholeLog,
} from '../testing/engine-stage.ts';
import { freePort } from '../testing/free-port.ts';
import { ask, openSession, viewCommand } from '../testing/room-fixtures.ts';
import { cameTrue } from '../testing/until.ts';

setEngineStage();
setOutsider();
/** Whoever kills gives up behind this. */
const KILLING_MS = 20_000;

/** An engine whose log is one of its own, with something about it. */
function engineOn(wrap: (roomLog: RoomLog) => RoomLog) {
  return engine({ roomLog: wrap(logOn(db)) });
}

/** What was said; whoever folds the log anew sees the same room as it does. */
async function storedViews(sessionId: SessionId): Promise<readonly string[]> {
  const log = await wholeLog(sessionId);
  expect(await engine().current(sessionId)).toEqual(applyAll(EMPTY_ROOM, log));
  return viewTexts(log);
}

describe('createRooms when its storage fails', () => {
  it('loses nothing it acknowledged and stores nothing twice while backends are killed [L1] [L7]', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const state = { isDone: false, isOver: false, kills: 0, away: 0 };
    const kill = async () => {
      const { rowCount } = await outsider.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'shangliang' and state <> 'idle'`,
      );
      state.kills += rowCount ?? 0;
      return state.isDone || state.kills >= 12;
    };
    const killing = cameTrue(KILLING_MS, kill).finally(() => (state.isOver = true));
    // A client as ours is: one key for one view, sent again until it is answered.
    const send = async (text: string) => {
      const [command, key] = [viewCommand(text), randomUUID()];
      for (;;) {
        try {
          return await ask(rooms, session, session.people[0]!, command, key);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error;
          state.away += 1;
        }
      }
    };
    // A batch holds its backend for a millisecond or two: they write until enough of them were hit.
    const texts: string[] = [];
    const isEnough = () => texts.length >= 120 && (state.kills > 2 || state.isOver);
    const writers = Array.from({ length: 6 }, async () => {
      while (!isEnough()) {
        const text = `意见${texts.length}`;
        texts.push(text);
        await send(text);
      }
    });
    await Promise.all(writers).finally(() => (state.isDone = true));
    await killing;
    expect(state.kills).toBeGreaterThan(2);
    expect((await storedViews(session.sessionId)).toSorted()).toEqual(texts.toSorted());
  });

  it('answers with what was stored when the commit went through and its answer was lost [L7]', async () => {
    let lost = 0;
    const loses = <T>(value: T): T => {
      if (lost === 0) return value;
      lost -= 1;
      throw new AppError('STORAGE_AWAY');
    };
    const rooms = engineOn((roomLog) => ({
      ...roomLog,
      withLock: async (sessionId, work) => loses(await roomLog.withLock(sessionId, work)),
      appendAt: async (...batch) => loses(await roomLog.appendAt(...batch)),
    }));
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    lost = 2;
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((text) => ask(rooms, session, session.people[0]!, viewCommand(text))),
    );
    expect(answers.map((events) => events[0]?.event)).toMatchObject(
      ['甲', '乙', '丙'].map((text) => ({ type: 'view:posted', view: { text } })),
    );
    expect(await storedViews(session.sessionId)).toEqual(['甲', '乙', '丙']);
  });

  it('says STORAGE_AWAY when it stays away, and the same key works once it is back [L7]', async () => {
    const state = { isAway: false };
    const guard = () => {
      if (state.isAway) throw new AppError('STORAGE_AWAY');
    };
    const rooms = engineOn((roomLog) => ({
      ...roomLog,
      withLock: async (sessionId, work) => {
        guard();
        return await roomLog.withLock(sessionId, work);
      },
      appendAt: async (...batch) => {
        guard();
        return await roomLog.appendAt(...batch);
      },
    }));
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const [command, key] = [viewCommand('等它回来'), randomUUID()];
    state.isAway = true;
    await expect(ask(rooms, session, session.people[0]!, command, key)).rejects.toMatchObject({
      reason: 'STORAGE_AWAY',
      code: 'UNAVAILABLE',
    });
    state.isAway = false;
    await ask(rooms, session, session.people[0]!, command, key);
    expect(await storedViews(session.sessionId)).toEqual(['等它回来']);
  });

  it('says STORAGE_AWAY when nobody listens at the database’s address', async () => {
    const url = `postgres://nobody@127.0.0.1:${await freePort()}/nothing`;
    const nowhere = openDatabase({ url, poolSize: 1, onIdleError: () => undefined });
    const roomLog = logOn(nowhere);
    const sessionId = randomUUID() as SessionId;
    await expect(roomLog.heads([sessionId])).rejects.toMatchObject({ reason: 'STORAGE_AWAY' });
    await expect(roomLog.withLock(sessionId, async () => null)).rejects.toMatchObject({
      reason: 'STORAGE_AWAY',
    });
    await nowhere.close();
  });

  it('lets only the guilty command fail when something cannot be stored [L8]', async () => {
    // What a rule let through that PostgreSQL does not take.
    const guard = ({ envelopes }: Batch) => {
      if (envelopes.some(({ event }) => event.type === 'view:posted' && event.view.text === '毒'))
        throw new Error('invalid input');
    };
    const rooms = engineOn((roomLog) => ({
      ...roomLog,
      appendAt: async (sessionId, place, judged) => {
        guard(judged.batch);
        return await roomLog.appendAt(sessionId, place, judged);
      },
      withLock: (sessionId, work) =>
        roomLog.withLock(sessionId, (log) =>
          work({
            ...log,
            append: async (batch) => {
              guard(batch);
              return await log.append(batch);
            },
          }),
        ),
    }));
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const answers = await Promise.allSettled(
      ['一', '毒', '二'].map((text) => ask(rooms, session, session.people[0]!, viewCommand(text))),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { reason: 'UNEXPECTED' } });
    expect(await storedViews(session.sessionId)).toEqual(['一', '二']);
  });

  it.each([
    ['in one room', { mostWaiting: 20 }],
    ['in all rooms of a process', { mostUnanswered: 20 }],
  ])('says BUSY when too many wait %s, and serves those who do [L9]', async (_where, options) => {
    const rooms = engine(options);
    const [one, two] = await Promise.all([
      openSession({ pool: db.pool, rooms }, ['resident']),
      openSession({ pool: db.pool, rooms }, ['resident']),
    ]);
    const storm = (count: number, session: typeof one) =>
      Promise.allSettled(
        Array.from({ length: count }, (_, i) => ask(rooms, session, session.people[0]!, viewCommand(`${i}`))),
      );
    const answers = await storm(60, one);
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused)
      expect(answer).toMatchObject({ reason: { code: 'UNAVAILABLE', details: { retryAfterMs: 2_000 } } });
    expect(await storedViews(one.sessionId)).toHaveLength(60 - refused.length);
    // Whoever was answered makes room for others.
    expect((await storm(10, two)).map(({ status }) => status)).not.toContain('rejected');
  });

  it('leaves connections for other rooms while one room storms [L9]', async () => {
    const few = openDatabase({ url: db.url, poolSize: 6, onIdleError: () => undefined });
    const rooms = engine({ roomLog: logOn(few) });
    const [loud, quiet] = await Promise.all([
      openSession({ pool: few.pool, rooms }, ['resident']),
      openSession({ pool: few.pool, rooms }, ['resident']),
    ]);
    // Somebody else holds the loud room's lock: all that is asked of it waits, on one connection.
    await outsider.query('begin');
    await outsider.query('select from session where id = $1 for update', [loud.sessionId]);
    const waiting = Promise.allSettled(
      Array.from({ length: 300 }, (_, i) => ask(rooms, loud, loud.people[0]!, viewCommand(`${i}`))),
    );
    for (let i = 0; i < 5; i += 1) await ask(rooms, quiet, quiet.people[0]!, viewCommand(`${i}`));
    expect((await rooms.current(quiet.sessionId)).views).toHaveLength(5);
    expect(few.pool.totalCount - few.pool.idleCount).toBe(1);
    await outsider.query('commit');
    expect((await waiting).map(({ status }) => status)).not.toContain('rejected');
    await few.close();
  });
});
