import { describe, expect, it } from 'vitest';
import { createErasures } from '../db/erasures.ts';
import {
  closedSession,
  cuts,
  daysLater,
  db,
  everything,
  holdArchive,
  NAMES,
  round,
  setErasingStage,
  type Closed,
} from '../testing/erasing-stage.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { changePastSeals } from '../testing/past-seals.ts';
import { until } from '../testing/until.ts';
import { startErasing } from './erasing.ts';

setErasingStage();

describe('eraseRound when something comes between', () => {
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
    const sql = 'update archive set seq = seq + 1 where session_id = $1';
    await changePastSeals(db.pool, sql, [broken.sessionId]);
    const before = await everything(broken.sessionId);
    expect(await round(8)).toMatchObject({ sessions: 1, guests: 2, failed: 1 });
    expect(await everything(broken.sessionId)).toBe(before);
    expect(await everything(whole.sessionId)).not.toContain(NAMES[0]);
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
