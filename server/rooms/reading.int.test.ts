import { describe, expect, it } from 'vitest';
import { db, engine, roomLog, setEngineStage } from '../testing/engine-stage.ts';
import { ask, openSession, viewCommand } from '../testing/room-fixtures.ts';

setEngineStage();

/** A session with three views, and a process that has read nothing of it yet; what it asks is counted. */
async function cameBack() {
  const writer = engine();
  const session = await openSession({ pool: db.pool, rooms: writer }, ['resident']);
  for (const text of ['一', '二', '三']) await ask(writer, session, session.people[0]!, viewCommand(text));
  const asked = { heads: 0, rows: 0, events: 0, isAway: false };
  const counted =
    <Given extends unknown[], Value>(
      what: 'heads' | 'rows' | 'events',
      read: (...given: Given) => Promise<Value>,
    ) =>
    async (...given: Given): Promise<Value> => {
      asked[what] += 1;
      if (asked.isAway) throw new Error('away');
      return await read(...given);
    };
  const rooms = engine({
    roomLog: {
      ...roomLog,
      heads: counted('heads', roomLog.heads),
      rowsAfter: counted('rows', roomLog.rowsAfter),
      eventsAfter: counted('events', roomLog.eventsAfter),
    },
  });
  return { ...session, writer, rooms, asked };
}
const HALL = Array.from({ length: 40 }, (_, n) => n);

describe('createReading', () => {
  it('reads a room once for all who come back at once, and gives each the same', async () => {
    const { sessionId, writer, rooms, asked } = await cameBack();
    const all = await Promise.all(HALL.map(() => rooms.current(sessionId)));
    expect(all[0]).toEqual(await writer.current(sessionId));
    expect(new Set(all).size).toBe(1);
    expect(asked).toMatchObject({ heads: 1, rows: 1 });
  });

  it('reads the events once for all who missed about the same', async () => {
    const { sessionId, rooms, asked } = await cameBack();
    const whole = await roomLog.eventsAfter(sessionId, 0, 100);
    const all = await Promise.all(HALL.map((n) => rooms.eventsAfter(sessionId, n % 4, 100)));
    for (const n of HALL) expect(all[n]).toEqual(whole.slice(n % 4));
    expect(asked.events).toBe(1);
  });

  it('tells all who share a reading that it failed, and asks anew for the next', async () => {
    const { sessionId, rooms, asked } = await cameBack();
    asked.isAway = true;
    const failed = await Promise.allSettled(
      HALL.flatMap(() => [rooms.current(sessionId), rooms.eventsAfter(sessionId, 0, 100)]),
    );
    expect(new Set(failed.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(asked).toMatchObject({ heads: 1, rows: 0, events: 1 });
    asked.isAway = false;
    const [room, events] = await Promise.all([
      rooms.current(sessionId),
      rooms.eventsAfter(sessionId, 0, 100),
    ]);
    expect(room.views.map(({ text }) => text)).toEqual(['一', '二', '三']);
    expect(events).toHaveLength(room.seq);
  });

  it('tells all who wait for one folding that it failed, and folds anew for the next', async () => {
    const { sessionId, rooms, asked } = await cameBack();
    const state = { fails: true };
    const rowsAfter: typeof roomLog.rowsAfter = async (...given) => {
      asked.rows += 1;
      if (state.fails) throw new Error('away');
      return await roomLog.rowsAfter(...given);
    };
    const frail = engine({ roomLog: { ...roomLog, rowsAfter } });
    const failed = await Promise.allSettled(HALL.map(() => frail.current(sessionId)));
    expect(new Set(failed.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(asked.rows).toBeLessThanOrEqual(2);
    state.fails = false;
    expect(await frail.current(sessionId)).toEqual(await rooms.current(sessionId));
  });
});
