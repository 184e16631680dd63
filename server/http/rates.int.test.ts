import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../bus/redis-client.ts';
import { RATES, type Rate } from '../../core/contract/limits.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { testRedis, type TestRedis } from '../testing/test-redis.ts';
import { browser, testServer, type TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';
import { createRates } from './rates.ts';

let db: TestDatabase;
let redis: TestRedis;
let client: ReturnType<typeof connect>;
let server: TestServer;

const shared = () => createRates({ redis: client, prefix: 'test:' });

beforeAll(async () => {
  [db, redis] = await Promise.all([testDatabase(), testRedis()]);
  client = connect(redis.url, { log: silentLog, name: 'rates', isOfflineQueued: false });
  await until('connected', () => client.isReady);
  server = await testServer(db, { rates: shared() });
});
afterAll(async () => {
  redis.wake();
  client.destroy();
  await server.close();
  await redis.stop();
  await db.drop();
});

/** How many points of a limit a key still has. */
async function left(
  rates: ReturnType<typeof createRates>,
  key: string,
  rate: Rate = 'signIn',
): Promise<number> {
  for (let spent = 0; spent <= RATES[rate].points; spent += 1) {
    const isRefused = await rates.spend(rate, key).then(
      () => false,
      () => true,
    );
    if (isRefused) return spent;
  }
  return Infinity;
}

describe('createRates', () => {
  it('counts for all processes together, under the prefix of the installation', async () => {
    await shared().spend('signIn', 'together');
    expect(await left(shared(), 'together')).toBe(RATES.signIn.points - 1);
    expect(await client.keys('*together*')).toEqual(['test:rate:signIn:together']);
  });

  it('takes points of frequent requests from the shared counts some at a time, never more than there are', async () => {
    for (const rate of ['read', 'command', 'join'] as const) {
      const { points } = RATES[rate];
      const [here, there] = [shared(), shared()];
      await there.spend(rate, 'often');
      const taken = Number(await client.get(`test:rate:${rate}:often`));
      expect(points % taken).toBe(0);
      await there.spend(rate, 'often');
      expect(await client.get(`test:rate:${rate}:often`)).toBe(String(taken));
      expect(await left(here, 'often', rate)).toBe(points - taken);
      expect(await left(there, 'often', rate)).toBe(taken - 2);
      expect(await left(shared(), 'alone', rate)).toBe(points);
    }
  });

  it(
    'counts in each process alone while Redis is away, and together again when it is back',
    { timeout: 40_000 },
    async () => {
      const other = connect(redis.url, { log: silentLog, name: 'rates', isOfflineQueued: false });
      await until('the other is connected', () => other.isReady);
      const here = shared();
      const there = createRates({ redis: other, prefix: 'test:' });
      await here.spend('signIn', 'before');
      expect(await left(there, 'before')).toBe(RATES.signIn.points - 1);
      await redis.kill();
      await until('both know', () => !client.isReady && !other.isReady);
      expect(await left(here, 'away')).toBe(RATES.signIn.points);
      expect(await left(there, 'away')).toBe(RATES.signIn.points);
      await redis.restart();
      await until('both are back', () => client.isReady && other.isReady);
      // A Redis that failed is left alone for a while, and then asked again.
      await until(
        'they count together',
        async () => {
          const key = randomUUID();
          await here.spend('signIn', key);
          return (await left(there, key)) === RATES.signIn.points - 1;
        },
        20_000,
      );
      other.destroy();
    },
  );

  it('answers requests while Redis hangs, and goes on counting', { timeout: 30_000 }, async () => {
    redis.hang();
    const begun = Date.now();
    for (let n = 0; n < 20; n += 1) expect((await browser(server.url).get('/api/me')).status).toBe(401);
    expect(await left(shared(), 'alone')).toBe(RATES.signIn.points);
    const throttle = shared().throttle('wrong', { points: 1, windowSeconds: 60 });
    await throttle.fail('x');
    expect(await throttle.waitMs('x')).toBeGreaterThan(0);
    await throttle.clear('x');
    expect(await throttle.waitMs('x')).toBeNull();
    expect(Date.now() - begun).toBeLessThan(10_000);
    redis.wake();
  });
});
