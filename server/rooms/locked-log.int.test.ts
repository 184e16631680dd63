import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import { createMemoryBus } from '../bus/memory.ts';
import { openDatabase, type Database } from '../db/client.ts';
import type { Committed } from '../ports/room-feed.ts';
import type { RoomLog } from '../ports/room-log.ts';
import {
  db,
  engine,
  logOn,
  outsider,
  setEngineStage,
  setOutsider,
  type Engine,
} from '../testing/engine-stage.ts';
import { ask, openSession, silentLog, viewCommand, type TestSession } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import type { RoomsPorts } from './actor.ts';
import { createFeed } from './feed.ts';

setEngineStage();
setOutsider();
let few: Database;

beforeEach(() => {
  few = openDatabase({ url: db.url, poolSize: 8, lockTimeoutMs: 1_500, onIdleError: () => undefined });
});
afterEach(async () => {
  await outsider.query('rollback');
  await few.close();
});

/** An engine whose reads of events are written down, and whose commits may lose their answers. */
function watchedEngine(own: Partial<RoomsPorts> = {}) {
  const roomLog = logOn(few);
  const state = { lost: 0, readAfter: [] as number[], locked: 0 };
  const loses = <T>(value: T): T => {
    if (state.lost === 0) return value;
    state.lost -= 1;
    throw new AppError('STORAGE_AWAY');
  };
  const watched: RoomLog = {
    ...roomLog,
    appendAt: async (...batch) => loses(await roomLog.appendAt(...batch)),
    withLock: async (sessionId, work) => {
      state.locked += 1;
      return loses(await roomLog.withLock(sessionId, work));
    },
    rowsAfter: async (...asked) => {
      state.readAfter.push(asked[1]);
      return await roomLog.rowsAfter(...asked);
    },
  };
  return { rooms: engine({ ...own, roomLog: watched }), state };
}

const lockLog = async () => {
  await outsider.query('begin');
  await outsider.query('lock table room_event in access exclusive mode');
};
const post = (rooms: Engine, session: TestSession, text: string, key: string = randomUUID()) =>
  ask(rooms, session, session.people[0]!, viewCommand(text), key);
const open = (rooms: Engine) => openSession({ pool: few.pool, rooms }, ['resident']);

/** How many connections wait for the outsider, asked by somebody who waits for nobody. */
async function waitingForLock(): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name = 'shangliang' and wait_event_type = 'Lock'`,
  );
  return rows[0]!.count;
}

describe('createRooms while somebody holds a lock on the log', () => {
  it('reads rooms in memory, also behind a command that had to give up [L9]', async () => {
    const { rooms, state } = watchedEngine();
    const session = await open(rooms);
    await lockLog();
    await expect(post(rooms, session, '等不到')).rejects.toMatchObject({ reason: 'BUSY' });
    state.readAfter = [];
    expect((await rooms.current(session.sessionId)).views).toEqual([]);
    expect(state.readAfter).toEqual([]);
    await outsider.query('rollback');
    await post(rooms, session, '又通了');
    expect((await rooms.current(session.sessionId)).views.map(({ text }) => text)).toEqual(['又通了']);
  });

  it('answers with what came over the feed while its own reading waits behind the lock [L9]', async () => {
    const told: Committed[] = [];
    const writer = watchedEngine({
      feed: { committed: (_, events, hashes) => void (hashes && told.push({ events, ...hashes })) },
    }).rooms;
    const reader = watchedEngine().rooms;
    const session = await open(writer);
    await reader.current(session.sessionId);
    const [said] = await post(writer, session, '刚说完');
    const isTold = ({ events }: Committed) => events[0]?.seq === said!.seq;
    await until('the writer tells the other process', () => Promise.resolve(told.some(isTold)));
    await lockLog();
    const reading = reader.current(session.sessionId);
    await until('the reading waits for the lock', async () => (await waitingForLock()) === 1);
    reader.follow(session.sessionId, told.find(isTold)!);
    expect((await reading).views.map(({ text }) => text)).toEqual(['刚说完']);
    // Still locked: nothing but the feed can have brought it.
    expect(await waitingForLock()).toBe(1);
    await outsider.query('rollback');
  });

  it('keeps connections for questions, however many rooms have something to say or to read [L9]', async () => {
    const { rooms } = watchedEngine();
    const sessions: TestSession[] = [];
    for (let n = 0; n < 12; n += 1) sessions.push(await open(rooms));
    const cold = watchedEngine().rooms;
    await lockLog();
    const saying = Promise.allSettled(sessions.map((session) => post(rooms, session, '都在说')));
    const reading = Promise.allSettled(sessions.map(({ sessionId }) => cold.current(sessionId)));
    // Groups first; when they have given up, rooms that wait by themselves.
    let answered = 0;
    const state = { isDone: false };
    const done = Promise.all([saying, reading]).finally(() => (state.isDone = true));
    while (!state.isDone) {
      await Promise.race([
        rooms.current(sessions[answered % 12]!.sessionId).then(() => (answered += 1)),
        done,
      ]);
      expect(few.pool.waitingCount).toBe(0);
      // A pace, so that those who wait have a turn too.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(answered).toBeGreaterThan(20);
    const [said, read] = await done;
    for (const answer of [...said, ...read]) expect(answer).toMatchObject({ reason: { reason: 'BUSY' } });
    await outsider.query('rollback');
    for (const session of sessions) await post(rooms, session, '再说一遍');
    for (const { sessionId } of sessions)
      expect((await cold.current(sessionId)).views.map(({ text }) => text)).toEqual(['再说一遍']);
  });

  it('reads and stores while slow pages of the office have all their connections', async () => {
    const { rooms } = watchedEngine();
    const session = await open(rooms);
    await outsider.query('begin');
    await outsider.query('lock table studio in access exclusive mode');
    const pages = Promise.allSettled(Array.from({ length: 20 }, () => few.prisma.studio.findMany()));
    await until('the office has no connection left', async () => (await waitingForLock()) > 1);
    await post(rooms, session, '照常');
    expect((await rooms.current(session.sessionId)).views).toHaveLength(1);
    expect((await watchedEngine().rooms.current(session.sessionId)).views).toHaveLength(1);
    expect(await waitingForLock()).toBeGreaterThan(0);
    await outsider.query('rollback');
    await pages;
  });
});

describe('createRooms with a room in memory whose storage was lost', () => {
  it('reads only what it did not see, and neither skips nor doubles what was committed unseen [L7]', async () => {
    const { rooms, state } = watchedEngine();
    const session = await open(rooms);
    await post(rooms, session, '一');
    const { seq } = await rooms.current(session.sessionId);
    const [key, command] = [randomUUID(), viewCommand('二')];
    const second = () => ask(rooms, session, session.people[0]!, command, key);
    // Committed, and nobody hears of it, however often it is asked.
    state.lost = 3;
    await expect(second()).rejects.toMatchObject({ reason: 'STORAGE_AWAY' });
    state.readAfter = [];
    await Promise.all([post(rooms, session, '三'), second(), second()]);
    expect((await rooms.current(session.sessionId)).views.map(({ text }) => text)).toEqual([
      '一',
      '二',
      '三',
    ]);
    expect(Math.min(...state.readAfter)).toBe(seq);
    expect(await watchedEngine().rooms.current(session.sessionId)).toEqual(
      await rooms.current(session.sessionId),
    );
  });
});

describe('createRooms with a room that is not in memory', () => {
  it('reads its log before it locks it, and appends without the lock', async () => {
    const writer = watchedEngine();
    const session = await open(writer.rooms);
    await post(writer.rooms, session, '一');
    const { rooms, state } = watchedEngine();
    await post(rooms, session, '二');
    expect(state).toMatchObject({ locked: 0, readAfter: [0] });
    const other = watchedEngine();
    await ask(other.rooms, session, session.convener, { type: 'closeSession' });
    expect(other.state).toMatchObject({ locked: 1, readAfter: [0] });
  });
});

describe('createRooms with more rooms than are kept for nobody', () => {
  it('folds rooms that nobody hears for each command, outside the lock, and those with people in them never', async () => {
    const feed = await createFeed({ roomLog: logOn(few), bus: createMemoryBus(), log: silentLog });
    const { rooms, state } = watchedEngine({ feed, mostHeld: { unheard: 1, all: Infinity } });
    const sessions: TestSession[] = [];
    for (let n = 0; n < 3; n += 1) sessions.push(await open(rooms));
    const talkInTurn = async () => {
      Object.assign(state, { readAfter: [], locked: 0 });
      for (let n = 0; n < 9; n += 1) await post(rooms, sessions[n % 3]!, `第${n}条`);
      return state.readAfter.length;
    };
    expect(await talkInTurn()).toBe(9);
    const hearings = [];
    for (const { sessionId } of sessions) hearings.push(await feed.listen(sessionId, () => undefined));
    await talkInTurn();
    expect(await talkInTurn()).toBe(0);
    expect(state.locked).toBe(0);
    // They leave, and their rooms may go again.
    for (const { stop } of hearings) stop();
    await talkInTurn();
    expect(await talkInTurn()).toBe(9);
    await feed.close();
  });
});
