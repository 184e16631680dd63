import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { DEFAULT_FLOOR_RULES } from '../../core/domain/floor.ts';
import { currentTurn } from '../../core/domain/room/state.ts';
import { db, engine, setEngineStage, wholeLog, type Engine } from '../testing/engine-stage.ts';
import { choose } from '../../core/testing/builders.ts';
import { ask, counted, openSession, pollDraft, realClock, silentLog } from '../testing/room-fixtures.ts';
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

it('closes a poll once when its time is over, whichever process is first, with every paper that came in time [B16]', async () => {
  const begun = engine();
  const { session, resident } = await begin(begun);
  const draft = pollDraft('secret', ['resident']);
  const rules = { ...draft.rules, time: { ...draft.rules.time, seconds: 10 } };
  await ask(begun, session, session.convener, { type: 'preparePoll', poll: { ...draft, rules } });
  await ask(begun, session, session.convener, { type: 'openPoll', pollId: draft.id });
  const cast = { type: 'castBallot' as const, pollId: draft.id, paper: choose('yes') };
  await ask(begun, session, resident, cast);
  const clocks = [ahead(10_500), ahead(20_000)];
  const engines = clocks.map((clock) => engine({ clock }));
  for (const rooms of engines) await rooms.current(session.sessionId);
  const [late] = engines;
  // The clock of the log says when a paper came: after the end none is taken, also while the poll still stands open.
  if (late === undefined) throw new Error('no process');
  await expect(ask(late, session, resident, cast)).rejects.toMatchObject({ reason: 'POLL_CLOSED' });
  const keepers = engines.map((rooms, n) =>
    startTimekeeping({ rooms, clock: clocks[n] ?? realClock, log: silentLog }, 20),
  );
  try {
    await until(
      'the clock has closed it',
      async () => (await begun.current(session.sessionId)).polls[0]?.phase === 'closed',
    );
  } finally {
    for (const keeper of keepers) await keeper.close();
  }
  const closes = (await wholeLog(session.sessionId)).filter(({ event }) => event.type === 'poll:closed');
  expect(closes.map(({ by }) => by)).toEqual(['clock']);
  const [poll] = (await begun.current(session.sessionId)).polls;
  expect(poll).toMatchObject({ result: counted({ cast: 1, entitled: 1 }, { yes: 1, no: 0 }) });
});

it('closes a poll as soon as all have voted, where that closes it, and no other [B16]', async () => {
  const rooms = engine();
  const { session, resident } = await begin(rooms);
  const drafts = [true, false].map((closesWhenAllVoted) => {
    const draft = pollDraft('named', ['resident']);
    return { ...draft, rules: { ...draft.rules, time: { ...draft.rules.time, closesWhenAllVoted } } };
  });
  for (const poll of drafts) {
    await ask(rooms, session, session.convener, { type: 'preparePoll', poll });
    await ask(rooms, session, session.convener, { type: 'openPoll', pollId: poll.id });
    await ask(rooms, session, resident, { type: 'castBallot', pollId: poll.id, paper: choose('no') });
  }
  const keeper = startTimekeeping({ rooms, clock: realClock, log: silentLog }, 20);
  try {
    await until(
      'the first is closed',
      async () => (await rooms.current(session.sessionId)).polls[0]?.phase === 'closed',
    );
  } finally {
    await keeper.close();
  }
  expect((await rooms.current(session.sessionId)).polls.map(({ phase }) => phase)).toEqual([
    'closed',
    'open',
  ]);
});
