import { choicesOn } from '../../core/domain/polls/paper.ts';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { db, engine, setEngineStage, type Engine } from '../testing/engine-stage.ts';
import { ask, counted, openSession, pollDraft, type TestSession } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';

setEngineStage();
let rooms: Engine;
const lines: string[] = [];

beforeAll(() => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  rooms = engine({ log });
});

async function secretPoll(
  voters: number,
  pollId?: string,
): Promise<{ session: TestSession; poll: ReturnType<typeof pollDraft> }> {
  const session = await openSession(
    { pool: db.pool, rooms },
    Array.from({ length: voters }, () => 'resident' as const),
  );
  const draft = pollDraft('secret', ['resident']);
  const poll = pollId === undefined ? draft : { ...draft, id: pollId as never };
  await ask(rooms, session, session.convener, { type: 'preparePoll', poll });
  await ask(rooms, session, session.convener, { type: 'openPoll', pollId: poll.id });
  return { session, poll };
}

const vote = (
  { session, poll }: Awaited<ReturnType<typeof secretPoll>>,
  voter: number,
  choice: string,
  key?: string,
) =>
  ask(
    rooms,
    session,
    session.people[voter]!,
    { type: 'castBallot', pollId: poll.id, paper: { shape: 'choices', choices: [choice] } },
    key,
  );

describe('createRooms with a secret poll', () => {
  it('tallies right, and no stored row or log line joins a voter with a choice [B3] [B5]', async () => {
    const stand = await secretPoll(40);
    await Promise.all(stand.session.people.map((_, i) => vote(stand, i, i % 4 === 0 ? 'no' : 'yes')));
    // One by one as well, where a paper shares its transaction with a single event.
    const { rows: before } = await db.pool.query('select * from poll_paper where poll_id = $1', [
      stand.poll.id,
    ]);
    expect(before).toHaveLength(40);
    expect(Object.keys(before[0]).toSorted()).toEqual(['id', 'paper', 'poll_id', 'session_id']);
    const { rows: events } = await db.pool.query(
      `select payload, personal from room_event where session_id = $1 and type = 'ballot:cast'`,
      [stand.session.sessionId],
    );
    expect(events).toHaveLength(40);
    for (const { payload, personal } of events) {
      expect(payload).toEqual({ type: 'ballot:cast', pollId: stand.poll.id, paper: null });
      expect(personal).toBeNull();
    }
    await ask(rooms, stand.session, stand.session.convener, { type: 'closePoll', pollId: stand.poll.id });
    const room = await rooms.current(stand.session.sessionId);
    expect(room.polls[0]).toMatchObject({
      phase: 'closed',
      ballots: null,
      result: counted({ entitled: 40, cast: 40 }, { yes: 30, no: 10 }),
    });
    expect(lines.join('\n')).not.toMatch(/"(yes|no)"/);
  });

  it('lays the papers down anew at the close: one transaction, no order, other ids [B5]', async () => {
    const stand = await secretPoll(24);
    // The order of voting is the order of choices: whatever order remains would give it away.
    for (let i = 0; i < 24; i += 1) await vote(stand, i, i < 12 ? 'yes' : 'no');
    const papers = async () =>
      (
        await db.pool.query<{ id: string; xmin: string; choice: string }>(
          `select id, xmin::text as xmin, paper->'choices'->>0 as choice from poll_paper where poll_id = $1 order by ctid`,
          [stand.poll.id],
        )
      ).rows;
    const before = await papers();
    await ask(rooms, stand.session, stand.session.convener, { type: 'closePoll', pollId: stand.poll.id });
    const after = await papers();
    expect(after).toHaveLength(24);
    expect(new Set(after.map(({ xmin }) => xmin)).size).toBe(1);
    expect(before.map(({ id }) => id).filter((id) => after.some((row) => row.id === id))).toEqual([]);
    // One in 2.7 million shuffles would keep the order.
    expect(after.map(({ choice }) => choice)).not.toEqual(before.map(({ choice }) => choice));
    const room = await rooms.current(stand.session.sessionId);
    const published =
      room.polls[0]?.phase === 'closed' ? room.polls[0].papers.map((paper) => choicesOn(paper)[0]) : [];
    expect(published.toSorted()).toEqual([...Array(12).fill('no'), ...Array(12).fill('yes')]);
    expect(published).not.toEqual(before.map(({ choice }) => choice));
  });

  it('lays the papers of an open poll down anew with each that comes [B5]', async () => {
    const stand = await secretPoll(12);
    const papers = async () =>
      (
        await db.pool.query<{ id: string; xmin: string }>(
          'select id, xmin::text as xmin from poll_paper where poll_id = $1 order by ctid',
          [stand.poll.id],
        )
      ).rows;
    for (let i = 0; i < 11; i += 1) await vote(stand, i, 'yes');
    const before = await papers();
    await vote(stand, 11, 'yes');
    const after = await papers();
    expect(after).toHaveLength(12);
    expect(new Set(after.map(({ xmin }) => xmin)).size).toBe(1);
    expect(before.map(({ id }) => id).filter((id) => after.some((row) => row.id === id))).toEqual([]);
  });

  it('leaves no deleted paper on the disk after the close [B5]', async () => {
    const stand = await secretPoll(5);
    for (let i = 0; i < 5; i += 1) await vote(stand, i, 'yes');
    expect((await db.pool.query('select 1 from poll_paper')).rowCount).toBeGreaterThanOrEqual(5);
    await ask(rooms, stand.session, stand.session.convener, { type: 'closePoll', pollId: stand.poll.id });
    await until('PostgreSQL has wiped them', async () => {
      // Counted anew in the pages: what a connection deleted reaches the statistics late, even after a vacuum's zero.
      await db.pool.query('analyze poll_paper');
      const { rows } = await db.pool.query<{ n_dead_tup: string }>(
        `select n_dead_tup from pg_stat_user_tables where relname = 'poll_paper'`,
      );
      return rows[0]?.n_dead_tup === '0';
    });
  });

  it('keeps the choice out of the idempotency row: another choice is the same command [B5] [L7]', async () => {
    const stand = await secretPoll(3);
    const key = randomUUID();
    const first = await vote(stand, 0, 'yes', key);
    expect(await vote(stand, 0, 'no', key)).toEqual(first);
    await expect(vote(stand, 0, 'no')).rejects.toMatchObject({ reason: 'BALLOT_ALREADY_CAST' });
    await vote(stand, 1, 'no');
    const { rows } = await db.pool.query<{ body_hash: string }>(
      'select body_hash from room_command where session_id = $1 and actor = any($2)',
      [stand.session.sessionId, stand.session.people.map(({ personId }) => personId)],
    );
    expect(rows.length).toBeGreaterThan(0);
    await ask(rooms, stand.session, stand.session.convener, { type: 'closePoll', pollId: stand.poll.id });
    const room = await rooms.current(stand.session.sessionId);
    expect(room.polls[0]).toMatchObject({ result: counted({ cast: 2 }, { yes: 1, no: 1 }) });
  });

  it('never counts a paper of another session whose poll has the same id [B3]', async () => {
    const one = await secretPoll(3);
    const two = await secretPoll(3, one.poll.id);
    await vote(one, 0, 'yes');
    await vote(two, 0, 'no');
    await vote(two, 1, 'no');
    for (const { session, poll } of [one, two])
      await ask(rooms, session, session.convener, { type: 'closePoll', pollId: poll.id });
    expect((await rooms.current(one.session.sessionId)).polls[0]).toMatchObject({
      result: counted({ cast: 1 }, { yes: 1, no: 0 }),
    });
    expect((await rooms.current(two.session.sessionId)).polls[0]).toMatchObject({
      result: counted({ cast: 2 }, { yes: 0, no: 2 }),
    });
  });

  it('counts every ballot acknowledged before the close and none after, when both come at once [B3]', async () => {
    const stand = await secretPoll(60);
    const votes = stand.session.people.map((_, i) => vote(stand, i, 'yes'));
    const close = ask(rooms, stand.session, stand.session.convener, {
      type: 'closePoll',
      pollId: stand.poll.id,
    });
    const late = stand.session.people.slice(0, 5).map((_, i) => vote(stand, i, 'no'));
    const [cast, , refused] = await Promise.all([Promise.allSettled(votes), close, Promise.allSettled(late)]);
    const taken = cast.filter(({ status }) => status === 'fulfilled').length;
    expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
    const room = await rooms.current(stand.session.sessionId);
    expect(room.polls[0]).toMatchObject({ result: counted({ cast: taken }, { yes: taken, no: 0 }) });
  });
});
