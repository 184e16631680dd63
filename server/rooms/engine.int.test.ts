import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { createCommandMarks } from '../db/command-marks.ts';
import { markRound } from '../jobs/command-marking.ts';
import type { RoomLog } from '../ports/room-log.ts';
import { db, engine, roomLog, setEngineStage, wholeLog } from '../testing/engine-stage.ts';
import { ask, openSession, pollDraft, silentLog, testMarkOf, viewCommand } from '../testing/room-fixtures.ts';
import { until } from '../testing/until.ts';
import { bodyHash, bodyHashBefore } from './body-hash.ts';

setEngineStage();

describe('createRooms', () => {
  it('commits 200 views at once in few transactions, without a gap, and the chain verifies [L1] [L2]', async () => {
    let transactions = 0;
    const counting: RoomLog = {
      ...roomLog,
      withLock: (sessionId, work) => {
        transactions += 1;
        return roomLog.withLock(sessionId, work);
      },
      appendAt: (...batch) => {
        transactions += 1;
        return roomLog.appendAt(...batch);
      },
    };
    const told: Envelope[] = [];
    const feed = { committed: (_id: SessionId, events: readonly Envelope[]) => void told.push(...events) };
    const rooms = engine({ roomLog: counting, feed });
    const session = await openSession(
      { pool: db.pool, rooms },
      Array.from({ length: 10 }, () => 'resident' as const),
    );
    transactions = 0;
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        ask(rooms, session, session.people[i % 10]!, viewCommand(`意见${i}`)),
      ),
    );
    expect(transactions).toBeLessThan(10);
    const log = await wholeLog(session.sessionId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    for (const answer of answers) expect(log).toContainEqual(answer[0]);
    // The feed hears behind the answers, of everything, in order.
    const heard = () => told.map(({ seq }) => seq);
    await until('everything was told', () => heard().length >= log.length);
    expect(heard()).toEqual(log.map(({ seq }) => seq));
    expect(applyAll(EMPTY_ROOM, log)).toEqual(await rooms.current(session.sessionId));
  });

  it('answers a repeated key with the first events, also from another process, and stores nothing twice [L7]', async () => {
    const [one, two] = [engine(), engine()];
    const session = await openSession({ pool: db.pool, rooms: one }, ['resident']);
    const resident = session.people[0]!;
    const key = randomUUID();
    const command = viewCommand('只说一次');
    // The first command occupies the queue, so that the twins share a batch.
    const [, first, twin] = await Promise.all([
      ask(one, session, resident, viewCommand('之前')),
      ask(one, session, resident, command, key),
      ask(one, session, resident, command, key),
    ]);
    const before = await wholeLog(session.sessionId);
    expect(twin).toEqual(first);
    expect(await ask(two, session, resident, command, key)).toEqual(first);
    expect(await ask(engine(), session, resident, command, key)).toEqual(first);
    expect(await wholeLog(session.sessionId)).toEqual(before);
  });

  it('keeps no digest that tells the words, marks those of before, and knows both again [L7]', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const resident = session.people[0]!;
    const command = viewCommand('被遮的字');
    const keys = [randomUUID(), randomUUID()] as const;
    const first = await ask(rooms, session, resident, command, keys[0]);
    const { rows } = await db.pool.query<{ body_hash: string }>(
      'select body_hash from room_command where session_id = $1 and key = $2',
      [session.sessionId, keys[0]],
    );
    const room = await rooms.current(session.sessionId);
    expect(rows).toEqual([{ body_hash: testMarkOf(bodyHash(room, command)) }]);
    const bare = bodyHashBefore(room, resident.who, command);
    // As an earlier version left it, and beside it one that was erased.
    await db.pool.query(
      `insert into room_command select session_id, $2, actor, '', first_seq, count from room_command
       where session_id = $1 and key = $3`,
      [session.sessionId, keys[1], keys[0]],
    );
    await db.pool.query('update room_command set body_hash = $3 where session_id = $1 and key = $2', [
      session.sessionId,
      keys[0],
      bare,
    ]);
    expect(await ask(rooms, session, resident, command, keys[0])).toEqual(first);
    const marking = { marks: createCommandMarks(db.pool), markOf: testMarkOf, log: silentLog };
    await markRound(marking);
    await markRound(marking);
    const after = await db.pool.query<{ key: string; body_hash: string }>(
      'select key, body_hash from room_command where session_id = $1 and key = any($2)',
      [session.sessionId, keys],
    );
    expect(Object.fromEntries(after.rows.map((row) => [row.key, row.body_hash]))).toEqual({
      [keys[0]]: testMarkOf(bare),
      [keys[1]]: '',
    });
    expect(await ask(rooms, session, resident, command, keys[0])).toEqual(first);
    await expect(ask(rooms, session, resident, viewCommand('别的'), keys[0])).rejects.toMatchObject({
      reason: 'KEY_REUSED',
    });
  });

  it('refuses a key that was used for something else, or by somebody else [L7]', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, ['resident', 'resident']);
    const [one, other] = [session.people[0]!, session.people[1]!];
    const key = randomUUID();
    const command = viewCommand('甲');
    const [, first, second] = await Promise.allSettled([
      ask(rooms, session, one, viewCommand('之前')),
      ask(rooms, session, one, command, key),
      ask(rooms, session, one, viewCommand('乙'), key),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { reason: 'KEY_REUSED' } });
    await expect(ask(engine(), session, one, viewCommand('丙'), key)).rejects.toMatchObject({
      reason: 'KEY_REUSED',
    });
    await expect(ask(rooms, session, other, command, key)).rejects.toMatchObject({ reason: 'KEY_REUSED' });
  });

  it('refuses one command of a batch without cost for the others [L8]', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, ['resident', 'observer']);
    const [resident, observer] = [session.people[0]!, session.people[1]!];
    const key = randomUUID();
    const answers = await Promise.allSettled([
      ask(rooms, session, resident, viewCommand('一')),
      ask(rooms, session, observer, viewCommand('不许'), key),
      ask(rooms, session, resident, viewCommand('二')),
      // No foreign key, no bad row: a person nobody knows is refused, the batch lives.
      ask(rooms, session, session.convener, {
        type: 'addParticipant',
        participant: {
          id: randomUUID() as never,
          role: 'expert',
          name: '谁',
          affiliation: '',
          venueId: 'main',
          isGuest: false,
        },
        personId: randomUUID() as never,
      }),
      ask(rooms, session, resident, viewCommand('三')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(answers[1]).toMatchObject({ reason: { reason: 'ROLE_MAY_NOT' } });
    expect(answers[3]).toMatchObject({ reason: { reason: 'PARTICIPANT_UNKNOWN' } });
    // A refusal is not remembered: the same key may be used when the rules allow it.
    await ask(rooms, session, session.convener, {
      type: 'changeParticipant',
      participantId: observer.id,
      role: 'expert',
      venueId: 'main',
    });
    await expect(ask(rooms, session, observer, viewCommand('现在可以'), key)).resolves.toHaveLength(1);
    await wholeLog(session.sessionId);
  });

  it('keeps one log when two processes ask the same session at once [L1] [L5]', async () => {
    const [one, two] = [engine(), engine()];
    const session = await openSession({ pool: db.pool, rooms: one }, ['resident', 'resident']);
    await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        const rooms = i % 2 === 0 ? one : two;
        const [envelope] = await ask(rooms, session, session.people[i % 2]!, viewCommand(`意见${i}`));
        // Whoever was acknowledged here sees at least that much there.
        const seen = await (i % 2 === 0 ? two : one).current(session.sessionId);
        expect(seen.seq).toBeGreaterThanOrEqual(envelope!.seq);
      }),
    );
    const log = await wholeLog(session.sessionId);
    expect(log.filter(({ event }) => event.type === 'view:posted')).toHaveLength(120);
    expect(await one.current(session.sessionId)).toEqual(await two.current(session.sessionId));
    expect(await two.current(session.sessionId)).toEqual(applyAll(EMPTY_ROOM, log));
  });

  it('refuses an unknown session, and one that is not planned yet', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, []);
    const nowhere = { sessionId: randomUUID() as SessionId };
    await expect(ask(rooms, nowhere, session.convener, { type: 'enterRoom' })).rejects.toMatchObject({
      reason: 'SESSION_UNKNOWN',
    });
    await expect(rooms.current(nowhere.sessionId)).rejects.toMatchObject({ reason: 'SESSION_UNKNOWN' });
  });

  it('keeps the table of participants equal to the room, the chair included [P2] [S4]', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, ['member', 'expert', 'resident']);
    const [member, expert, resident] = session.people;
    const table = async () => {
      const { rows } = await db.pool.query<{
        id: string;
        may_write_text: boolean;
        is_removed: boolean;
        person_id: string;
      }>('select id, may_write_text, is_removed, person_id from participant where session_id = $1', [
        session.sessionId,
      ]);
      return Object.fromEntries(
        rows.map((row) => [row.id, `${row.may_write_text ? 'w' : '-'}${row.is_removed ? 'x' : '-'}`]),
      );
    };
    const ids = [session.convener, member!, expert!, resident!].map(({ id }) => id);
    const row = async () => {
      const t = await table();
      return ids.map((id) => t[id]);
    };
    expect(await row()).toEqual(['w-', 'w-', '--', '--']);
    await ask(rooms, session, session.convener, { type: 'nameHost', participantId: expert!.id });
    expect(await row()).toEqual(['w-', 'w-', 'w-', '--']);
    await ask(rooms, session, session.convener, { type: 'nameHost', participantId: member!.id });
    await ask(rooms, session, session.convener, {
      type: 'removeParticipant',
      participantId: resident!.id,
      why: '扰乱秩序',
    });
    expect(await row()).toEqual(['w-', 'w-', '--', '-x']);
  });

  it('closes: the text is frozen, the archive is the folded room, nothing is added any more [S5] [O3]', async () => {
    const rooms = engine();
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const writable = async () =>
      (
        await db.pool.query<{ writable: boolean }>('select writable from document where id = $1', [
          session.documentId,
        ])
      ).rows[0]?.writable;
    expect(await writable()).toBe(true);
    const poll = pollDraft('named', ['resident']);
    await ask(rooms, session, session.convener, { type: 'preparePoll', poll });
    await ask(rooms, session, session.convener, { type: 'openPoll', pollId: poll.id });
    // A close that is refused freezes nothing.
    await expect(ask(rooms, session, session.convener, { type: 'closeSession' })).rejects.toMatchObject({
      reason: 'POLL_STILL_OPEN',
    });
    expect(await writable()).toBe(true);
    await ask(rooms, session, session.people[0]!, {
      type: 'castBallot',
      pollId: poll.id,
      paper: { shape: 'choices', choices: ['no'] },
    });
    await ask(rooms, session, session.convener, { type: 'closePoll', pollId: poll.id });
    const answers = await Promise.allSettled([
      ask(rooms, session, session.people[0]!, viewCommand('最后一句')),
      ask(rooms, session, session.convener, { type: 'closeSession' }),
      ask(rooms, session, session.people[0]!, viewCommand('太迟了')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: { reason: 'SESSION_CLOSED' } });
    expect(await writable()).toBe(false);
    const log = await wholeLog(session.sessionId);
    const room = applyAll(EMPTY_ROOM, log);
    const { rows } = await db.pool.query('select * from archive where session_id = $1', [session.sessionId]);
    const head = (await roomLog.heads([session.sessionId])).get(session.sessionId);
    expect(rows[0]).toMatchObject({
      room,
      seq: String(room.seq),
      head_hash: head?.headHash,
      outcome_hash: room.text?.sha256,
    });
    expect(room.polls[0]).toMatchObject({
      phase: 'closed',
      result: { chambers: [{ count: { choices: { yes: 0, no: 1 } } }] },
    });
    const state = await db.pool.query('select state, closed_at, seq from session where id = $1', [
      session.sessionId,
    ]);
    expect(state.rows[0]).toMatchObject({
      state: 'archived',
      closed_at: new Date(room.closedAt!),
      seq: String(room.seq),
    });
  });
});
