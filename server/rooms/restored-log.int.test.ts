import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../core/domain/ids.ts';
import { db, engine, roomLog, setEngineStage, type Engine } from '../testing/engine-stage.ts';
import { ask, openSession, viewCommand, type TestSession } from '../testing/room-fixtures.ts';

setEngineStage();

async function post(rooms: Engine, session: TestSession, texts: readonly string[]): Promise<void> {
  for (const text of texts) await ask(rooms, session, session.people[0]!, viewCommand(text));
}

const viewsIn = async (rooms: Engine, sessionId: SessionId) =>
  (await rooms.current(sessionId)).views.map(({ text }) => text);

/** The log as a backup has it that was made when it ended at seq. */
async function restore(sessionId: SessionId, seq: number): Promise<void> {
  const [last] = await roomLog.rowsAfter(sessionId, seq - 1, 1);
  for (const sql of [
    'delete from room_event where session_id = $1 and seq > $2',
    'delete from room_command where session_id = $1 and first_seq > $2',
  ])
    await db.pool.query(sql, [sessionId, seq]);
  await db.pool.query('update session set seq = $2, head_hash = $3 where id = $1', [
    sessionId,
    seq,
    last!.hash,
  ]);
}

/** A session whose log was put back behind an engine that holds more of it than there is now. */
async function heldAndRestored() {
  const rooms = engine();
  const session = await openSession({ pool: db.pool, rooms }, ['resident']);
  await post(rooms, session, ['留下的']);
  const { seq } = await rooms.current(session.sessionId);
  await post(rooms, session, ['丢失一', '丢失二']);
  await restore(session.sessionId, seq);
  return { rooms, session };
}

describe('createRooms on a log that was put back from a backup', () => {
  it('shows what the log has, however much it remembers [L5]', async () => {
    const { rooms, session } = await heldAndRestored();
    expect(await viewsIn(rooms, session.sessionId)).toEqual(['留下的']);
  });

  it('shows what the log has when it grew to the same length and beyond [L5]', async () => {
    for (const texts of [
      ['另一', '另二'],
      ['另一', '另二', '另三'],
    ]) {
      const { rooms, session } = await heldAndRestored();
      await post(engine(), session, texts);
      expect(await viewsIn(rooms, session.sessionId)).toEqual(['留下的', ...texts]);
    }
  });

  it('judges on what the log has when it grew beyond what it remembers [L2] [L5]', async () => {
    const { rooms, session } = await heldAndRestored();
    await post(engine(), session, ['另一', '另二', '另三']);
    await post(rooms, session, ['接着说']);
    const whole = ['留下的', '另一', '另二', '另三', '接着说'];
    expect(await viewsIn(rooms, session.sessionId)).toEqual(whole);
    expect(await viewsIn(engine(), session.sessionId)).toEqual(whole);
  });
});
