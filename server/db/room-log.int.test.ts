import { itemsOf } from '../../core/domain/polls/ask.ts';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LogRow, verifyChain } from '../../core/domain/chain.ts';
import { Envelope } from '../../core/domain/events.ts';
import { ViewDraft } from '../../core/domain/views.ts';
import type { Place } from '../ports/room-log.ts';
import { db, engine, roomLog, setEngineStage, type Engine } from '../testing/engine-stage.ts';
import { ask, openSession, pollDraft, realClock, viewCommand } from '../testing/room-fixtures.ts';

setEngineStage();
let rooms: Engine;

beforeAll(() => {
  rooms = engine();
});

/** A session in which everything with a shape of its own has happened. */
async function richSession() {
  const session = await openSession({ pool: db.pool, rooms }, ['resident', 'department', 'recorder']);
  const [resident, department, recorder] = [session.people[0]!, session.people[1]!, session.people[2]!];
  const view = viewCommand('放学时段缺少疏导力量 🚸 "引号" \\ 反斜杠\n第二行');
  await ask(rooms, session, resident, view);
  await ask(rooms, session, session.convener, { type: 'moveAgenda', itemId: session.itemId });
  await ask(rooms, session, department, {
    type: 'postReply',
    reply: {
      id: randomUUID() as never,
      toViews: [(view as { view: ViewDraft }).view.id],
      commitment: 'can_do',
      text: '九月前办',
    },
  });
  const choice = pollDraft('named', ['resident', 'department']);
  const options = itemsOf(choice.ask).map(({ id, text }) => ({ id, text }));
  const rating = { ...choice, ask: { kind: 'score' as const, options, lowest: 0, highest: 10 } };
  await ask(rooms, session, session.convener, { type: 'preparePoll', poll: rating });
  await ask(rooms, session, session.convener, { type: 'openPoll', pollId: rating.id });
  const paper = { shape: 'scores' as const, scores: { yes: 10, no: 0 } };
  await ask(rooms, session, resident, { type: 'castBallot', pollId: rating.id, paper });
  await ask(rooms, session, session.convener, { type: 'closePoll', pollId: rating.id });
  await ask(rooms, session, resident, { type: 'requestFloor' });
  await ask(rooms, session, session.convener, { type: 'giveFloor', participantId: resident.id });
  await ask(rooms, session, session.convener, {
    type: 'removeParticipant',
    participantId: recorder.id,
    why: '换人',
  });
  return { session, view: (view as { view: ViewDraft }).view };
}

async function verified(sessionId: Awaited<ReturnType<typeof richSession>>['session']['sessionId']) {
  const rows = await roomLog.rowsAfter(sessionId, 0, 1_000);
  const head = (await roomLog.heads([sessionId])).get(sessionId);
  return { rows, verification: verifyChain(sessionId, rows, head?.headHash ?? '') };
}

describe('createRoomLog', () => {
  it('reads back exactly what was decided, and what it reads verifies [L2] [L3]', async () => {
    const { session } = await richSession();
    const { rows, verification } = await verified(session.sessionId);
    expect(verification).toMatchObject({ valid: true, erased: 0 });
    for (const row of rows) expect(LogRow.safeParse(row).error).toBeUndefined();
    const events = await roomLog.eventsAfter(session.sessionId, 0, 1_000);
    for (const event of events) expect(Envelope.safeParse(event).error).toBeUndefined();
    expect(events.length).toBe(rows.length);
  });

  it('keeps people’s words out of the hashed payload; erased words leave a chain that verifies [L4]', async () => {
    const { session, view } = await richSession();
    const { rows } = await verified(session.sessionId);
    expect(JSON.stringify(rows.map(({ payload }) => payload))).not.toContain('疏导');
    await db.pool.query(
      `update room_event set personal = null, salt = null where session_id = $1 and payload->'view'->>'id' = $2`,
      [session.sessionId, view.id],
    );
    expect((await verified(session.sessionId)).verification).toMatchObject({ valid: true, erased: 1 });
    const room = await engine().current(session.sessionId);
    expect(room.views[0]).toMatchObject({ id: view.id, text: '' });
  });

  it.each([
    ['a word', `personal = '{"text":"改过"}'`, `type = 'view:posted'`, 'commitment'],
    [
      'a payload',
      `payload = jsonb_set(payload, '{view,replyTo}', to_jsonb(gen_random_uuid()))`,
      `type = 'view:posted'`,
      'hash',
    ],
    ['a ballot', `personal = '{"paper":"null"}'`, `type = 'ballot:cast'`, 'commitment'],
    ['a time', `at = at + interval '1 millisecond'`, `type = 'agenda:moved'`, 'hash'],
    ['an author', `by = 'office'`, `type = 'floor:requested'`, 'hash'],
  ])('gives %s away that was changed behind its back [L2]', async (_what, change, where, why) => {
    const { session } = await richSession();
    await db.pool.query(`update room_event set ${change} where session_id = $1 and ${where}`, [
      session.sessionId,
    ]);
    expect((await verified(session.sessionId)).verification).toMatchObject({ valid: false, why });
  });

  it('stores any words that the rules let through, and the chain verifies [L3]', async () => {
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 200 })
      .filter((words) => ViewDraft.shape.text.safeParse(words).success);
    const samples = fc.sample(text, { numRuns: 150, seed: Math.floor(Math.random() * 2 ** 31) });
    const answers = await Promise.all(
      samples.map((words) =>
        ask(rooms, session, session.people[0]!, viewCommand(ViewDraft.shape.text.parse(words))),
      ),
    );
    const stored = await roomLog.eventsAfter(session.sessionId, 0, 1_000);
    const bySeq = new Map(stored.map((envelope) => [envelope.seq, envelope]));
    for (const [envelope] of answers) expect(bySeq.get(envelope!.seq)).toEqual(envelope);
    expect((await verified(session.sessionId)).verification.valid).toBe(true);
  });

  it('never lets the times of one log run backwards, though clocks of processes differ', async () => {
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const behind = engine({ clock: { now: () => '2020-01-01T00:00:00.000Z' } });
    await ask(behind, session, session.people[0]!, viewCommand('钟慢了'));
    const events = await roomLog.eventsAfter(session.sessionId, 0, 1_000);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
  });

  it('tells the heads of many sessions with one question, and leaves out what it does not know', async () => {
    const session = await openSession({ pool: db.pool, rooms }, []);
    const unknown = randomUUID() as never;
    const heads = await roomLog.heads([session.sessionId, unknown]);
    expect([...heads.keys()]).toEqual([session.sessionId]);
  });

  it('undoes everything when the work fails', async () => {
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const before = await verified(session.sessionId);
    const room = await rooms.current(session.sessionId);
    const failing = roomLog.withLock(session.sessionId, async (log) => {
      const envelope: Envelope = {
        seq: log.seq + 1,
        at: realClock.now(),
        by: 'office',
        event: { type: 'session:paused' },
      };
      const after = { ...room, seq: room.seq + 1 };
      await log.append({
        before: room,
        after,
        envelopes: [envelope],
        commands: [],
        papers: [],
        people: new Map(),
        closedSecretPolls: [],
        closedBoxes: [],
        outcome: null,
      });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await verified(session.sessionId)).toEqual(before);
  });

  it('appends ahead only where the log ends, under keys that are new, and else leaves it as it was [L1] [L7]', async () => {
    const session = await openSession({ pool: db.pool, rooms }, ['resident']);
    const key = randomUUID();
    await ask(rooms, session, session.people[0]!, viewCommand('第一条'), key);
    const before = await verified(session.sessionId);
    const room = await rooms.current(session.sessionId);
    const { seq, headHash } = (await roomLog.heads([session.sessionId])).get(session.sessionId)!;
    const envelope: Envelope = {
      seq: seq + 1,
      at: realClock.now(),
      by: 'office',
      event: { type: 'session:paused' },
    };
    const batch = {
      before: room,
      after: { ...room, seq: seq + 1, state: 'paused' as const },
      envelopes: [envelope],
      commands: [{ key: randomUUID(), actor: 'x', bodyHash: 'x', firstSeq: seq + 1, count: 1 }],
      papers: [],
      people: new Map(),
      closedSecretPolls: [],
      closedBoxes: [],
      outcome: null,
    };
    const at = (place: Place, keys: readonly string[] = []) =>
      roomLog.appendAt(session.sessionId, place, { batch, keys, claims: [] });
    const head = { seq, headHash };
    const unchanged = { isAppended: false, head };
    expect(await at({ seq: seq - 1, headHash })).toEqual(unchanged);
    expect(await at({ seq, headHash: 'f'.repeat(64) })).toEqual(unchanged);
    expect(await at(head, [key])).toEqual(unchanged);
    expect(await verified(session.sessionId)).toEqual(before);
    expect(await at(head)).toMatchObject({ isAppended: true, head: { seq: seq + 1 } });
    expect(await at(head)).toMatchObject({ isAppended: false, head: { seq: seq + 1 } });
    expect((await verified(session.sessionId)).verification).toMatchObject({ valid: true, rows: seq + 1 });
  });
});
