import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { DEFAULT_FLOOR_RULES } from '../../core/domain/floor.ts';
import { currentTurn } from '../../core/domain/room/state.ts';
import { db, engine, setEngineStage, wholeLog, type Engine } from '../testing/engine-stage.ts';
import { ask, openSession, realClock, silentLog } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { startTimekeeping } from './timekeeping.ts';

setEngineStage();

async function begin(rooms: Engine) {
  const session = await openSession({ pool: db.pool, rooms }, ['resident']);
  const resident = session.people.find(({ role }) => role === 'resident');
  if (resident === undefined) throw new Error('nobody to speak');
  return { session, resident };
}

const ahead = (ms: number) => ({ now: () => new Date(Date.parse(realClock.now()) + ms).toISOString() });

it('takes the floor back once, whichever process is first, at the moment when it was due [F9]', async () => {
  // Two processes whose clocks are four and five minutes ahead of the one that began the turn.
  const begun = engine();
  const { session, resident } = await begin(begun);
  await ask(begun, session, session.convener, { type: 'giveFloor', participantId: resident.id });
  const clocks = [ahead(240_500), ahead(300_000)];
  const engines = clocks.map((clock) => engine({ clock }));
  for (const rooms of engines) await rooms.current(session.sessionId);
  const keepers = engines.map((rooms, n) =>
    startTimekeeping({ rooms, clock: clocks[n] ?? realClock, log: silentLog }, 20),
  );
  try {
    await until(
      'the clock has taken the floor back',
      async () => currentTurn(await begun.current(session.sessionId)) === undefined,
    );
  } finally {
    for (const keeper of keepers) await keeper.close();
  }
  const ends = (await wholeLog(session.sessionId)).filter(({ event }) => event.type === 'floor:ended');
  expect(ends).toHaveLength(1);
  expect(ends[0]?.by).toBe('clock');
  const [turn] = (await begun.current(session.sessionId)).turns;
  const spokenMs = Date.parse(turn?.endedAt ?? '') - Date.parse(turn?.startedAt ?? '');
  expect(spokenMs).toBe(240_000);
});

it('leaves alone who is in time, and who may speak for as long as they like [F9]', async () => {
  const clock = ahead(230_000);
  const rooms = engine({ clock });
  const begun = engine();
  const { session, resident } = await begin(begun);
  await ask(begun, session, session.convener, { type: 'giveFloor', participantId: resident.id });
  await expect(
    rooms.submit({
      sessionId: session.sessionId,
      who: { kind: 'clock' },
      actor: 'clock',
      key: randomUUID(),
      command: { type: 'endOverdueTurn' },
    }),
  ).rejects.toMatchObject({ reason: 'FLOOR_NOT_OVERDUE' });
  await ask(begun, session, session.convener, {
    type: 'ruleFloor',
    rules: { ...DEFAULT_FLOOR_RULES, graceSeconds: null },
  });
  await ask(begun, session, session.convener, { type: 'endFloor' });
  await ask(begun, session, session.convener, { type: 'giveFloor', participantId: resident.id });
  // A day later, and somebody else in a second session is taken the floor in the meantime.
  const tomorrow = ahead(86_400_000);
  const late = engine({ clock: tomorrow });
  const other = await begin(begun);
  await ask(begun, other.session, other.session.convener, {
    type: 'giveFloor',
    participantId: other.resident.id,
  });
  for (const { sessionId } of [session, other.session]) await late.current(sessionId);
  const keeper = startTimekeeping({ rooms: late, clock: tomorrow, log: silentLog }, 20);
  try {
    await until('the other has lost the floor', async () => {
      return currentTurn(await begun.current(other.session.sessionId)) === undefined;
    });
  } finally {
    await keeper.close();
  }
  expect(currentTurn(await begun.current(session.sessionId))?.time?.graceSeconds).toBeNull();
});
