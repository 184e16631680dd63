import { expect, it } from 'vitest';
import { ViewId } from '../../core/domain/ids.ts';
import { createDeadlines } from '../db/deadlines.ts';
import { db, engine, setEngineStage, wholeLog } from '../testing/engine-stage.ts';
import { ask, openSession, realClock, silentLog } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { startEndingCollecting } from './collecting.ts';

setEngineStage();

const ahead = (ms: number) => ({ now: () => new Date(Date.parse(realClock.now()) + ms).toISOString() });
const HOUR_MS = 3_600_000;

/** Processes whose clocks run ahead, none of which holds the session: as after a time when none ran. */
function processes(...aheadMs: readonly number[]) {
  const running = aheadMs.map((ms) => {
    const clock = ahead(ms);
    const deps = { rooms: engine({ clock }), deadlines: createDeadlines(db.pool), clock, log: silentLog };
    return startEndingCollecting(deps, 10);
  });
  return { close: async () => void (await Promise.all(running.map((one) => one.close()))) };
}

it('ends collecting once, whichever process is first, and however long none ran; not before its time [S13] [S14]', async () => {
  const rooms = engine();
  const roles = ['resident'] as const;
  const session = await openSession({ pool: db.pool, rooms }, roles, { open: false });
  const other = await openSession({ pool: db.pool, rooms }, roles, { open: false });
  const { convener } = session;
  const dates = [ahead(HOUR_MS).now(), ahead(3 * HOUR_MS).now()] as const;
  await ask(rooms, session, convener, { type: 'collectViews', until: dates[0] });
  await ask(rooms, other, other.convener, { type: 'collectViews', until: dates[1] });
  await ask(rooms, session, convener, { type: 'extendCollecting', until: dates[1], why: '有群众在外地' });

  // Between the two dates: nothing is due. Two hours after both: one event each, by the clock.
  const early = processes(2 * HOUR_MS, 2 * HOUR_MS);
  const late = processes(5 * HOUR_MS, 5 * HOUR_MS, 6 * HOUR_MS);
  try {
    await until('both have ended', async () => {
      const states = await Promise.all(
        [session, other].map(async ({ sessionId }) => (await engine().current(sessionId)).state),
      );
      return states.every((state) => state === 'scheduled');
    });
  } finally {
    await early.close();
    await late.close();
  }
  for (const { sessionId } of [session, other]) {
    const ends = (await wholeLog(sessionId)).filter(({ event }) => event.type === 'session:collected');
    expect(ends).toHaveLength(1);
    expect(ends[0]?.by).toBe('clock');
    expect(Date.parse(ends[0]?.at ?? '')).toBeGreaterThan(Date.parse(dates[1]));
  }
  // Collected anew and over anew: ended anew.
  const again = engine({ clock: ahead(6 * HOUR_MS) });
  const third = ahead(7 * HOUR_MS).now();
  await ask(again, session, convener, { type: 'collectViews', until: third });
  // Whoever is late by a moment is told so, before the clock comes to it.
  const resident = session.people.find(({ role }) => role === 'resident');
  if (resident === undefined) throw new Error('nobody to speak');
  const view = {
    id: ViewId.parse(crypto.randomUUID()),
    stance: 'info' as const,
    text: '晚了',
    replyTo: null,
  };
  await expect(
    ask(engine({ clock: ahead(8 * HOUR_MS) }), session, resident, { type: 'postView', view }),
  ).rejects.toMatchObject({ reason: 'COLLECTING_OVER' });
  const latest = processes(8 * HOUR_MS, 8 * HOUR_MS);
  try {
    await until(
      'it has ended again',
      async () => (await engine().current(session.sessionId)).state === 'scheduled',
    );
  } finally {
    await latest.close();
  }
});
