import { describe, expect, it } from 'vitest';
import type { RoomLog } from '../ports/room-log.ts';
import { createSealing } from '../sealing.ts';
import { db, engine, logOn, roomLog, setEngineStage, wholeLog } from '../testing/engine-stage.ts';
import { createTestBuses } from '../testing/room-bus.ts';
import { ask, openSession, realClock, silentLog, viewCommand } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { createFeed } from './feed.ts';

setEngineStage();

/** Two processes on one database and one bus, and what each asks of the log. */
async function twoProcesses(secrets: readonly [string, string]) {
  const { buses } = createTestBuses(2);
  return await Promise.all(
    buses.map(async (bus, n) => {
      const own = logOn(db);
      const asked = { appends: 0, reads: 0 };
      const counting: RoomLog = {
        ...own,
        appendAt: (...batch) => {
          asked.appends += 1;
          return own.appendAt(...batch);
        },
        eventsAfter: (...after) => {
          asked.reads += 1;
          return own.eventsAfter(...after);
        },
        rowsAfter: (...after) => {
          asked.reads += 1;
          return own.rowsAfter(...after);
        },
      };
      const sealing = createSealing(secrets[n] ?? '', 'hints');
      const feed = await createFeed({ roomLog: counting, bus, log: silentLog, sealing });
      const rooms = engine({ roomLog: counting, feed });
      feed.follow(rooms);
      return { rooms, feed, asked };
    }),
  );
}

/** Views posted in turn at the one and the other, each when the one before was heard by both. */
async function postInTurn(processes: Awaited<ReturnType<typeof twoProcesses>>, count: number) {
  const [one] = processes;
  const session = await openSession({ pool: db.pool, rooms: one!.rooms }, ['resident']);
  const heard: number[][] = [[], []];
  for (const [n, { rooms, feed }] of processes.entries()) {
    await rooms.current(session.sessionId);
    await feed.listen(session.sessionId, (events) => heard[n]!.push(...events.map(({ seq }) => seq)));
  }
  for (const { asked } of processes) Object.assign(asked, { appends: 0, reads: 0 });
  const seqs: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const process = processes[n % 2]!;
    const [envelope] = await ask(process.rooms, session, session.people[0]!, viewCommand(`第${n}条`));
    seqs.push(envelope!.seq);
    await until('both heard it', () => heard.every((own) => own.includes(envelope!.seq)));
  }
  expect(heard).toEqual([seqs, seqs]);
  await Promise.all(processes.map(({ feed }) => feed.close()));
  return { sessionId: session.sessionId, asked: processes.map(({ asked }) => asked) };
}

describe('two processes of one key', () => {
  it('go on with each other’s events without reading them: one statement a command [L1] [L5]', async () => {
    const processes = await twoProcesses(['a secret', 'a secret']);
    const { sessionId, asked } = await postInTurn(processes, 10);
    expect(asked).toEqual([
      { appends: 5, reads: 0 },
      { appends: 5, reads: 0 },
    ]);
    await wholeLog(sessionId);
    const rooms = await Promise.all(processes.map(({ rooms: own }) => own.current(sessionId)));
    expect(rooms[0]).toEqual(rooms[1]);
  });

  it('of different keys read PostgreSQL, and hear the same [L1]', async () => {
    const processes = await twoProcesses(['a secret', 'another secret']);
    const { sessionId, asked } = await postInTurn(processes, 6);
    for (const { reads } of asked) expect(reads).toBeGreaterThan(0);
    await wholeLog(sessionId);
  });

  it('store nothing that was judged on events which PostgreSQL does not have [L2]', async () => {
    const [one] = await twoProcesses(['a secret', 'a secret']);
    const session = await openSession({ pool: db.pool, rooms: one!.rooms }, ['resident']);
    const { seq } = await one!.rooms.current(session.sessionId);
    const behind = (await roomLog.heads([session.sessionId])).get(session.sessionId)!.headHash;
    // What would close the door to everybody, had it happened.
    one!.rooms.follow(session.sessionId, {
      behind,
      headHash: 'f'.repeat(64),
      events: [{ seq: seq + 1, at: realClock.now(), by: 'office', event: { type: 'session:paused' } }],
    });
    const [envelope] = await ask(one!.rooms, session, session.people[0]!, viewCommand('还开着'));
    expect(envelope?.seq).toBe(seq + 1);
    await wholeLog(session.sessionId);
  });
});
