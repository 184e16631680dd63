import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../core/domain/ids.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { testRedis, type TestRedis } from '../testing/test-redis.ts';
import { until } from '../testing/until.ts';
import { connect } from './redis-client.ts';
import { createRedisBus, type RedisBus } from './redis.ts';

let redis: TestRedis;
const buses: RedisBus[] = [];

beforeEach(async () => {
  redis = await testRedis();
});
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close();
  await redis.stop();
});

function bus(prefix = 'here:'): RedisBus {
  const created = createRedisBus(redis.url, { prefix, log: silentLog });
  buses.push(created);
  return created;
}

/** Publishes until it is heard: a message may be lost, but not for ever. */
async function arrives(from: RedisBus, heard: readonly string[], message: string) {
  await until(`${message} arrives`, () => {
    from.publish('room', message);
    return heard.includes(message);
  });
}

describe('createRedisBus', () => {
  it('tells other processes, not its own', async () => {
    const [one, two] = [bus(), bus()];
    const [own, other]: [string[], string[]] = [[], []];
    await one.subscribe('room', (message) => own.push(message));
    const stop = await two.subscribe('room', (message) => other.push(message));
    await arrives(one, other, 'a b c');
    expect(own).toEqual([]);
    stop();
    other.length = 0;
    one.publish('room', 'x');
    await arrives(two, own, 'y');
    expect(other).toEqual([]);
  });

  it('notices the death of Redis, never rejects, and hears again once it is back, empty', async () => {
    const [one, two] = [bus(), bus()];
    const heard: string[] = [];
    await two.subscribe('room', (message) => heard.push(message));
    await arrives(one, heard, 'before');
    await until('healthy', () => one.isHealthy() && two.isHealthy());
    await redis.kill();
    await until('unhealthy', () => !one.isHealthy() && !two.isHealthy());
    one.publish('room', 'into the void');
    expect(await one.presence.everybody('00000000-0000-4000-8000-000000000001' as SessionId)).toBeNull();
    await one.presence.tell('00000000-0000-4000-8000-000000000001' as SessionId, []);
    await redis.restart();
    await arrives(one, heard, 'after');
    await until('healthy again', () => one.isHealthy() && two.isHealthy());
    expect(heard).not.toContain('into the void');
  });

  it('notices a Redis that hangs, and goes on once it answers', async () => {
    const [one, two] = [bus(), bus()];
    const heard: string[] = [];
    await two.subscribe('room', (message) => heard.push(message));
    await arrives(one, heard, 'before');
    const admin = createClient({ url: redis.url });
    admin.on('error', () => undefined);
    await admin.connect();
    await admin.sendCommand(['CLIENT', 'PAUSE', '6500', 'ALL']);
    await until('unhealthy', () => !one.isHealthy());
    expect(await one.presence.everybody('00000000-0000-4000-8000-000000000001' as SessionId)).toBeNull();
    await until('healthy again', () => one.isHealthy() && two.isHealthy());
    await arrives(one, heard, 'after');
    admin.destroy();
  });

  it('comes up while Redis is away', async () => {
    await redis.kill();
    const [one, two] = [bus(), bus()];
    const heard: string[] = [];
    await two.subscribe('room', (message) => heard.push(message));
    one.publish('room', 'nobody');
    expect(one.isHealthy()).toBe(false);
    await redis.restart();
    await arrives(one, heard, 'somebody');
  });

  it('begins anew a connection to a Redis that hangs, however much is written to it', async () => {
    const client = connect(redis.url, { log: silentLog, name: 'silent', isOfflineQueued: false });
    await until('connected', () => client.isReady);
    redis.hang();
    const lost = client.get('x').then(
      () => 'answered',
      () => 'failed',
    );
    await until('ended', () => !client.isReady);
    expect(await lost).toBe('failed');
    redis.wake();
    await until('back', () => client.isReady, 20_000);
    expect(await client.get('x')).toBeNull();
    client.destroy();
  });

  it('hears nothing of another installation on the same Redis', async () => {
    const [one, two, other] = [bus('one:'), bus('one:'), bus('other:')];
    const [heard, foreign]: [string[], string[]] = [[], []];
    await two.subscribe('room', (message) => heard.push(message));
    await other.subscribe('room', (message) => foreign.push(message));
    await until('healthy', () => other.isHealthy());
    await arrives(one, heard, 'ours');
    expect(foreign).toEqual([]);
  });

  it('lets go of a channel when its last listener leaves, and hears it again', async () => {
    const [one, two] = [bus(), bus()];
    const heard: string[] = [];
    const listen = () => two.subscribe('room', (message) => heard.push(message));
    const [stop, stopToo] = [await listen(), await listen()];
    await arrives(one, heard, 'before');
    const admin = await createClient({ url: redis.url }).connect();
    const channels = () => admin.sendCommand(['PUBSUB', 'CHANNELS', '*room']);
    expect(await channels()).toEqual(['here:room']);
    stop();
    heard.length = 0;
    await arrives(one, heard, 'still');
    stopToo();
    stopToo();
    await until('unsubscribed', async () => JSON.stringify(await channels()) === '[]');
    const stopAgain = await listen();
    stopToo();
    await arrives(one, heard, 'after');
    stopAgain();
    admin.destroy();
  });

  it('unites who is present in all processes', async () => {
    const [one, two] = [bus(), bus()];
    const sessionId = '00000000-0000-4000-8000-000000000002' as SessionId;
    const person = (n: number) => ({
      participantId: `00000000-0000-4000-8000-00000000000${n}` as never,
      role: 'member' as const,
      venueId: 'main',
    });
    await until(
      'connected',
      async () => (await one.presence.everybody(sessionId)) !== null && two.isHealthy(),
    );
    await one.presence.tell(sessionId, [person(1), person(2)]);
    await two.presence.tell(sessionId, [person(2), person(3)]);
    expect(await one.presence.everybody(sessionId)).toHaveLength(4);
    await two.presence.tell(sessionId, []);
    expect(await one.presence.everybody(sessionId)).toEqual([person(1), person(2)]);
  });
});
