import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_SIGNALS } from '../../core/domain/signals.ts';
import { connect } from '../bus/redis-client.ts';
import { createRedisBus, type RedisBus } from '../bus/redis.ts';
import { createRates } from '../http/rates.ts';
import type { SessionStore } from '../ports/session-store.ts';
import { createSignalsService } from '../services/signals.ts';
import { ask, openSession, silentLog, type Person, type TestSession } from '../testing/room-fixtures.ts';
import { startStand, type Stand } from '../testing/room-stand.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { testRedis, type TestRedis } from '../testing/test-redis.ts';
import { until } from '../testing/until.ts';

let db: TestDatabase;
let redis: TestRedis;
let places: Place[];

/** A process: its socket door, and the service behind its HTTP door. */
async function startPlace() {
  const bus: RedisBus = createRedisBus(redis.url, { prefix: 'test:', log: silentLog });
  const stand: Stand = await startStand(db.pool, { bus, presence: bus.presence });
  const counts = connect(redis.url, { log: silentLog, name: 'rates', isOfflineQueued: false });
  const rates = createRates({ redis: counts, prefix: 'test:' });
  const service = createSignalsService({
    rooms: stand.rooms,
    seats: { find: async (_sessionId, personId) => seatOf.get(personId) ?? null },
    sessions: { orgOf: async () => null } as unknown as SessionStore,
    signals: stand.signals,
    rest: (key) => rates.spend('signal', key),
  });
  return {
    bus,
    counts,
    stand,
    send: (session: TestSession, { personId }: Person, kind: 'applause' | 'unheard' | 'overtime') =>
      service
        .send(
          { personId, signInId: personId, name: '', office: null, orgId: null, isGuest: false },
          session.sessionId,
          kind,
        )
        .then(
          ({ restMs }) => restMs,
          (error: { reason?: string }) => error.reason,
        ),
  };
}
type Place = Awaited<ReturnType<typeof startPlace>>;
const seatOf = new Map<string, Person['id']>();

beforeAll(async () => {
  db = await testDatabase({ poolSize: 12 });
});
afterAll(() => db.drop());
beforeEach(async () => {
  redis = await testRedis();
  places = [await startPlace(), await startPlace()];
  await until('redis is there', () => places.every(({ bus, counts }) => bus.isHealthy() && counts.isReady));
});
afterEach(async () => {
  for (const { stand, bus, counts } of places) {
    await stand.stop();
    await bus.close();
    counts.destroy();
  }
  await redis.stop();
});

async function session(one: Place) {
  const opened = await openSession({ pool: db.pool, rooms: one.stand.rooms }, [
    'member',
    'resident',
    'observer',
  ]);
  for (const { personId, id } of [opened.convener, ...opened.people]) seatOf.set(personId, id);
  return opened;
}

describe('signals of two processes on one Redis', () => {
  it('reach everybody as a count, once in 30 s from each, and nobody who comes later [Q1] [Q2] [Q3]', async () => {
    const [one, two] = [places[0]!, places[1]!];
    const held = await session(one);
    const [member, resident, observer] = [held.people[0]!, held.people[1]!, held.people[2]!];
    const here = await one.stand.connected(held.convener);
    const there = await two.stand.connected(observer);
    for (const client of [here, there]) await client.hear(held, 0);
    const before = (await one.stand.rooms.current(held.sessionId)).seq;

    expect(await one.send(held, member, 'applause')).toBe(30_000);
    expect(await two.send(held, resident, 'applause')).toBe(30_000);
    expect(await two.send(held, member, 'unheard')).toBe(30_000);
    // The rest is the person's, not the process's; another kind has its own.
    expect(await two.send(held, member, 'applause')).toBe('TOO_OFTEN');
    expect(await one.send(held, resident, 'applause')).toBe('TOO_OFTEN');
    expect(await one.send(held, observer, 'applause')).toBe('ROLE_MAY_NOT');

    const all = { ...NO_SIGNALS, applause: 2, unheard: 1 };
    for (const client of [here, there]) {
      await until('all signals are counted', () => client.signalled.at(-1)?.counts.unheard === 1);
      await until('from both processes', () => client.signalled.at(-1)?.counts.applause === 2);
      expect(client.signalled.at(-1)).toEqual({ sessionId: held.sessionId, counts: all });
    }
    const late = await two.stand.connected(held.convener);
    await late.hear(held, 0);
    await ask(two.stand.rooms, held, held.convener, { type: 'pauseSession' });
    await until('the late one hears', () => late.heard.at(-1)?.event.type === 'session:paused');
    expect(late.signalled).toEqual([]);
    expect(late.heard.at(-1)?.seq).toBe(before + 1);
    expect(await one.send(held, member, 'overtime')).toBe('SESSION_NOT_OPEN');
  });

  it('are counted by each process alone while Redis is away, and told in it [Q2]', async () => {
    const [one, two] = [places[0]!, places[1]!];
    const held = await session(one);
    const member = held.people[0]!;
    const here = await one.stand.connected(held.convener);
    await here.hear(held, 0);
    await redis.kill();
    await until('both know', () => places.every(({ counts }) => !counts.isReady));
    expect(await one.send(held, member, 'unheard')).toBe(30_000);
    expect(await one.send(held, member, 'unheard')).toBe('TOO_OFTEN');
    expect(await two.send(held, member, 'unheard')).toBe(30_000);
    await until('its own process tells it', () => here.signalled.at(-1)?.counts.unheard === 1);
    expect(here.signalled).toHaveLength(1);
  });
});

describe('the door of signals', () => {
  it('keeps nothing of a signal in the database [Q1]', async () => {
    const one = places[0]!;
    const held = await session(one);
    const rows = async () => {
      const { rows: found } = await db.pool.query(
        'select (select count(*) from room_event where session_id = $1) as events, (select count(*) from room_command where session_id = $1) as commands',
        [held.sessionId],
      );
      return found[0];
    };
    const before = await rows();
    expect(await one.send(held, held.people[0]!, 'overtime')).toBe(30_000);
    expect(await rows()).toEqual(before);
  });
});
