import { isSecretPoll } from '../../core/domain/polls/poll.ts';
import { turnoutOfAll } from '../../core/domain/polls/reading.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../core/domain/events.ts';
import { AgendaItemId } from '../../core/domain/ids.ts';
import { ROLES, may } from '../../core/domain/people.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import { chair } from '../../core/domain/room/guards.ts';
import { guardVoice } from '../../core/domain/room/keeping-order.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import { db, engine, setEngineStage, wholeLog } from '../testing/engine-stage.ts';
import { ask, openSession, pollDraft, viewCommand, type TestSession } from '../testing/room-fixtures.ts';

setEngineStage({ poolSize: 12 });

/** The same numbers again for the same seed. */
function randomFrom(seed: number) {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return { next, pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! };
}

/** Any command, sensible or not, from what the room is like. */
function randomCommand(
  { pick, next }: ReturnType<typeof randomFrom>,
  session: TestSession,
  room: Room,
): Command {
  // The convener stays, and few are removed: somebody must be left to go on.
  const participantId = pick(session.people).id;
  const poll = room.polls.length > 0 ? pick(room.polls).draft.id : (randomUUID() as never);
  const choices = next() < 0.9 ? [pick(['yes', 'no'])] : [];
  return pick<Command>([
    viewCommand('意见'),
    viewCommand('意见'),
    { type: 'enterRoom' },
    { type: 'changeParticipant', participantId, role: pick(ROLES), venueId: 'main' },
    { type: 'nameHost', participantId },
    next() < 0.1 ? { type: 'removeParticipant', participantId, why: '随机' } : { type: 'requestFloor' },
    { type: 'moveAgenda', itemId: session.itemId },
    arranging(pick, room),
    { type: 'requestFloor' },
    { type: 'withdrawFloor' },
    { type: 'giveFloor', participantId, overrides: ['order'] },
    { type: 'endFloor' },
    { type: 'pauseSession' },
    { type: 'resumeSession' },
    { type: 'resumeSession' },
    { type: 'preparePoll', poll: pollDraft(pick(['secret', 'named']), ['resident', 'member', 'expert']) },
    { type: 'openPoll', pollId: poll },
    { type: 'castBallot', pollId: poll, paper: { shape: 'choices', choices } },
    { type: 'castBallot', pollId: poll, paper: { shape: 'choices', choices } },
    { type: 'castBallot', pollId: poll, paper: { shape: 'choices', choices } },
    { type: 'closePoll', pollId: poll },
  ]);
}

/** Any change of the agenda that there is. */
function arranging(pick: ReturnType<typeof randomFrom>['pick'], { agenda }: Room): Command {
  const id = AgendaItemId.parse(randomUUID());
  const [itemId, to] = [pick(agenda).id, pick(agenda).id];
  return pick<Command>([
    {
      type: 'addAgendaItem',
      item: { id, title: '补充', kind: 'exchange', speakerRole: 'any', minutes: 5 },
      before: null,
    },
    { type: 'removeAgendaItem', itemId },
    { type: 'placeAgendaItem', itemId, before: to },
    { type: 'moveMinutes', from: itemId, to, minutes: 2 },
    { type: 'setPosting', itemId, posting: pick(['all', 'all', 'questions']) },
  ]);
}

describe('createRooms under random commands', () => {
  it('keeps log, room, participants and papers in agreement, in two processes [L1] [L5] [P2] [B3]', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = randomFrom(seed);
    const engines = [engine(), engine()];
    const session = await openSession({ pool: db.pool, rooms: engines[0]! }, [
      'member',
      'resident',
      'resident',
      'expert',
      'observer',
      'recorder',
      'department',
      'host',
    ]);
    const acknowledged: Envelope[] = [];
    const refusals = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const room = await random.pick(engines).current(session.sessionId);
      const asked = Array.from({ length: 12 }, () =>
        ask(
          random.pick(engines),
          session,
          // Mostly those who may do something, so that something happens.
          random.next() < 0.5 ? session.convener : random.pick(session.people),
          randomCommand(random, session, room),
        ),
      );
      for (const answer of await Promise.allSettled(asked)) {
        if (answer.status === 'fulfilled') acknowledged.push(...answer.value);
        else if (answer.reason instanceof AppError && answer.reason.code !== 'INTERNAL')
          refusals.add(answer.reason.reason);
        else throw new Error(`seed ${seed}`, { cause: answer.reason });
      }
    }
    const log = await wholeLog(session.sessionId, `seed ${seed}`);
    const room = applyAll(EMPTY_ROOM, log);
    for (const rooms of engines) expect(await rooms.current(session.sessionId), `seed ${seed}`).toEqual(room);
    const bySeq = new Map(log.map((envelope) => [envelope.seq, envelope]));
    for (const envelope of acknowledged) expect(bySeq.get(envelope.seq), `seed ${seed}`).toEqual(envelope);
    expect(acknowledged.length).toBeGreaterThan(60);
    expect(refusals.size).toBeGreaterThan(5);
    await expectTableOfParticipants(session, room, seed);
    await expectPapers(session, room, seed);
  });
});

async function expectTableOfParticipants(session: TestSession, room: Room, seed: number) {
  const { rows } = await db.pool.query(
    'select id, role, may_write_text, is_removed from participant where session_id = $1 order by id',
    [session.sessionId],
  );
  const seats = Object.values(room.participants).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(rows, `seed ${seed}`).toEqual(
    seats.map(({ id, role, removedAt }) => ({
      id,
      role,
      may_write_text:
        removedAt === null &&
        (may(role, 'text:write') || chair(room) === id) &&
        guardVoice(room, { kind: 'participant', id }).ok,
      is_removed: removedAt !== null,
    })),
  );
}

/** As many papers as people who voted, in every secret poll; none for a named one. */
async function expectPapers(session: TestSession, room: Room, seed: number) {
  for (const poll of room.polls) {
    const { rows } = await db.pool.query<{ count: number }>(
      'select count(*)::int from poll_paper where session_id = $1 and poll_id = $2',
      [session.sessionId, poll.draft.id],
    );
    const isSecret = isSecretPoll(poll);
    if (poll.phase === 'open')
      expect(rows[0]?.count, `seed ${seed}`).toBe(isSecret ? Object.keys(poll.ballots).length : 0);
    if (poll.phase === 'closed') {
      if (poll.result === null) throw new Error('a result that waits');
      const { cast: all } = turnoutOfAll(poll.result);
      expect(rows[0]?.count, `seed ${seed}`).toBe(isSecret ? all : 0);
      const turnout = poll.result.groups.reduce((sum, { cast }) => sum + cast, 0);
      expect(turnout, `seed ${seed}`).toBe(all);
    }
  }
}
