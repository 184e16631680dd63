import { expect, it } from 'vitest';
import { choose } from '../../core/testing/builders.ts';
import { createDeadlines } from '../db/deadlines.ts';
import { db, engine, setEngineStage, wholeLog } from '../testing/engine-stage.ts';
import { ask, counted, openSession, pollDraft, realClock, silentLog } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { startEndingPolls } from './ending-polls.ts';

setEngineStage();

const DAY_MS = 86_400_000;
const ahead = (ms: number) => ({ now: () => new Date(Date.parse(realClock.now()) + ms).toISOString() });

/** A process whose clock runs ahead and which holds no room: as after a time when none ran. */
function running(ms: number) {
  const clock = ahead(ms);
  const deps = { rooms: engine({ clock }), deadlines: createDeadlines(db.pool), clock, log: silentLog };
  return startEndingPolls(deps, 10);
}

it('closes a poll over days before the meeting, in nobody’s memory, once and not before its time [B27] [B28]', async () => {
  const rooms = engine();
  const session = await openSession({ pool: db.pool, rooms }, ['resident', 'resident'], { open: false });
  const [resident] = session.people;
  if (resident === undefined) throw new Error('nobody to vote');
  const draft = pollDraft('secret', ['resident']);
  const time = { ...draft.rules.time, endsAt: ahead(2 * DAY_MS).now() };
  const poll = { ...draft, rules: { ...draft.rules, time } };
  await ask(rooms, session, session.convener, { type: 'preparePoll', poll });
  await ask(rooms, session, session.convener, { type: 'openPoll', pollId: poll.id });
  await ask(rooms, session, resident, { type: 'castBallot', pollId: poll.id, paper: choose('yes') });
  const phase = async () => (await engine().current(session.sessionId)).polls[0]?.phase;
  const due = async (ms: number) => await createDeadlines(db.pool).polledOut(ahead(ms).now());
  expect(await due(DAY_MS)).not.toContain(session.sessionId);
  expect(await due(3 * DAY_MS)).toContain(session.sessionId);
  const late = [running(3 * DAY_MS), running(4 * DAY_MS)];
  try {
    await until('the clock has closed it', async () => (await phase()) === 'closed');
  } finally {
    for (const one of late) await one.close();
  }
  const closes = (await wholeLog(session.sessionId)).filter(({ event }) => event.type === 'poll:closed');
  expect(closes.map(({ by }) => by)).toEqual(['clock']);
  const { polls, state } = await engine().current(session.sessionId);
  expect(state).toBe('scheduled');
  expect(polls[0]).toMatchObject({ result: counted({ cast: 1, entitled: 2 }, { yes: 1, no: 0 }) });
  // Nothing is left to look for.
  expect(await due(5 * DAY_MS)).not.toContain(session.sessionId);
});
