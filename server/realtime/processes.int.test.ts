import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Stopping } from '../../core/contract/socket.ts';
import { waitingAmendments } from '../../core/domain/room/amending.ts';
import { amendment } from '../../core/testing/arbitrary-amending.ts';
import { createRedisBus, type RedisBus } from '../bus/redis.ts';
import { ask, openSession, silentLog, viewCommand } from '../testing/room-fixtures.ts';
import { startStand, type Stand } from '../testing/room-stand.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { testRedis, type TestRedis } from '../testing/test-redis.ts';
import { until } from '../testing/until.ts';

let db: TestDatabase;
let redis: TestRedis;
let buses: RedisBus[];
let stands: [Stand, Stand];

beforeAll(async () => {
  db = await testDatabase({ poolSize: 12 });
});
afterAll(() => db.drop());
beforeEach(async () => {
  redis = await testRedis();
  const options = { prefix: 'test:', log: silentLog };
  buses = [createRedisBus(redis.url, options), createRedisBus(redis.url, options)];
  const [one, two] = buses.map((bus) => startStand(db.pool, { bus, presence: bus.presence }));
  stands = [await one!, await two!];
  await until('the bus is up', () => buses.every((bus) => bus.isHealthy()));
});
afterEach(async () => {
  for (const stand of stands) await stand.stop();
  for (const bus of buses) await bus.close();
  await redis.stop();
});

describe('two processes on one Redis', () => {
  it('tell everybody the same, wherever they post, also while Redis dies and comes back empty [L1]', async () => {
    const [one, two] = stands;
    const session = await openSession({ pool: db.pool, rooms: one.rooms }, ['resident', 'member']);
    const [resident, member] = [session.people[0]!, session.people[1]!];
    const clients = [await one.connected(resident), await two.connected(member)];
    for (const client of clients) await client.hear(session, 0);
    const post = async (count: number) => {
      for (let i = 0; i < count; i += 1) {
        await Promise.all([
          ask(one.rooms, session, resident, viewCommand('甲')),
          ask(two.rooms, session, member, viewCommand('乙')),
        ]);
      }
    };
    await post(20);
    await redis.kill();
    await post(20);
    const end = (await one.rooms.current(session.sessionId)).seq;
    await until('both have all without Redis', () => clients.every(({ heard }) => heard.length === end));
    await redis.restart();
    await post(20);
    const newEnd = (await two.rooms.current(session.sessionId)).seq;
    await until('both have all again', () => clients.every(({ heard }) => heard.length === newEnd));
    expect(clients[0]!.heard).toEqual(clients[1]!.heard);
    expect(clients[0]!.heard.map(({ seq }) => seq)).toEqual(Array.from({ length: newEnd }, (_, i) => i + 1));
  });

  it('take one decision on an amendment of two that come at once [O11]', async () => {
    const [one, two] = stands;
    const session = await openSession({ pool: db.pool, rooms: one.rooms }, ['resident', 'recorder']);
    const [resident, recorder] = [session.people[0]!, session.people[1]!];
    for (let n = 0; n < 5; n += 1) {
      await ask(two.rooms, session, resident, { type: 'makeAmendment', amendment: amendment(n) });
      const { id } = amendment(n);
      const answers = await Promise.allSettled([
        ask(one.rooms, session, session.convener, { type: 'acceptAmendment', amendmentId: id }),
        ask(two.rooms, session, recorder, {
          type: 'declineAmendment',
          amendmentId: id,
          why: '与会议情况不符',
        }),
      ]);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { reason: 'AMENDMENT_DECIDED' },
      });
    }
    const rooms = await Promise.all(stands.map(({ rooms: held }) => held.current(session.sessionId)));
    expect(rooms[0]?.amendments).toHaveLength(5);
    expect(rooms[0]?.amendments).toEqual(rooms[1]?.amendments);
    expect(waitingAmendments(rooms[0] ?? {})).toEqual([]);
  });

  it('cut a removed person and a revoked sign-in in the other process [G2]', async () => {
    const [one, two] = stands;
    const session = await openSession({ pool: db.pool, rooms: one.rooms }, ['resident', 'member']);
    const [removed, revoked] = await Promise.all(session.people.map(two.connected));
    await removed!.hear(session, 0);
    await ask(one.rooms, session, session.convener, {
      type: 'removeParticipant',
      participantId: session.people[0]!.id,
      why: '扰乱',
    });
    await until('removed is cut', () => !removed!.socket.connected);
    one.cuts.cut({ kind: 'sign-in', signInId: session.people[1]!.personId });
    await until('revoked is cut', () => !revoked!.socket.connected);
  });

  it('count who is connected to either, each person once', async () => {
    const [one, two] = stands;
    const session = await openSession({ pool: db.pool, rooms: one.rooms }, ['resident', 'member']);
    const [resident, member] = [session.people[0]!, session.people[1]!];
    const clients = [
      await one.connected(resident),
      await two.connected(resident),
      await two.connected(member),
    ];
    for (const client of clients) await client.hear(session, 0);
    const counts = (online: number, exact: boolean) => () =>
      clients.every(
        ({ socket, presence }) =>
          !socket.connected || (presence()?.online === online && presence()?.exact === exact),
      );
    await until('two people', counts(2, true));
    clients[2]!.socket.disconnect();
    await until('one person', counts(1, true));
    await redis.kill();
    const late = await one.connected(session.convener);
    await late.hear(session, 0);
    await until('not exact', () => late.presence()?.exact === false);
  });

  it('send clients away so that they come back when one closes', async () => {
    const [, two] = stands;
    const session = await openSession({ pool: db.pool, rooms: two.rooms }, ['resident']);
    const client = await two.connected(session.people[0]!);
    const reasons: string[] = [];
    client.socket.on('disconnect', (why) => reasons.push(why));
    await two.realtime.close();
    await until('it tried to come back', () => reasons.length > 0 && client.socket.active);
    // Not "io server disconnect", after which a client would stay away.
    expect(reasons).toEqual(['transport close']);
  });

  it('tell people that they close, and let them hear until they have moved over', async () => {
    const [one, two] = stands;
    const session = await openSession({ pool: db.pool, rooms: one.rooms }, ['resident', 'member']);
    const [resident, member] = [session.people[0]!, session.people[1]!];
    const [moves, other] = [await two.connected(resident), await one.connected(member)];
    await moves.hear(session, 0);
    await other.hear(session, 0);
    const told: Stopping[] = [];
    moves.socket.on('server:stopping', (message: Stopping) => told.push(message));
    const closing = two.realtime.close();
    await until('it was told', () => told.length === 1);
    expect(moves.socket.connected).toBe(true);
    await ask(one.rooms, session, member, viewCommand('说在搬走之前'));
    const end = (await one.rooms.current(session.sessionId)).seq;
    await until('it still heard', () => moves.heard.at(-1)?.seq === end);
    const moved = await one.connected(resident);
    moves.socket.disconnect();
    await closing;
    expect((await moved.hear(session, end)).ok).toBe(true);
    await ask(one.rooms, session, member, viewCommand('说在搬走之后'));
    await until('it hears on', () => moved.heard.length === 1);
  });
});
