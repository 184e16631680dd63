import { testRedis } from '../server/testing/test-redis.ts';
import { differences, type Scene } from '../server/testing/text-settled.ts';
import { until } from '../server/testing/until.ts';
import { tellRedis } from './world.ts';
import type { TextFault, TextHall } from './text-fault.ts';

const ONCE = { short: 1, long: 1 };
const WRITERS = 6;
const CONVERGED_MS = 2_000;
const REPLICA_MS = 10_000;

const savedBy = ({ writers }: Scene) => writers.map(({ ledger }) => ledger.acknowledged());

/** What may happen to Redis: how it goes, how long it stays away, how it comes back. */
type Absence = {
  readonly leave: (hall: TextHall) => Promise<void> | void;
  readonly seconds: readonly [number, number];
  readonly back: (hall: TextHall) => Promise<void> | void;
};

/**
 * People write at every process while Redis goes, is away and comes back: they are told that it is saved all the time,
 * and once it is back and nobody writes any more, all have the same soon, without a further edit.
 */
async function writeThrough(hall: TextHall, { leave, seconds: [short, long], back }: Absence): Promise<void> {
  const { open, letWrite, seconds, expect, expectWithin } = hall;
  const scene = await open(WRITERS);
  const writing = letWrite([scene]);
  await seconds(0.5, 2);
  await leave(hall);
  // What was on its way when it went is told by now.
  await seconds(0.5, 3);
  const before = savedBy(scene);
  await seconds(short, long);
  const after = savedBy(scene);
  scene.writers.forEach(({ name }, n) =>
    expect(`${name} is told that it is saved while Redis is away`, (after[n] ?? 0) > (before[n] ?? 0)),
  );
  await writing.stop();
  await back(hall);
  await expectWithin(
    'all have the same within 2 s of Redis being back, without a further edit',
    CONVERGED_MS,
    async () => {
      const stored = await scene.stage.loaded();
      return scene.writers.every(({ doc }) => differences(doc, stored).length === 0);
    },
  );
}

/** Another Redis takes over that has missed the last of it. */
async function failOver(hall: TextHall): Promise<void> {
  const { world, texts, seconds } = hall;
  const replica = await testRedis();
  try {
    // It would wait some seconds for others that might want to follow too.
    await tellRedis(world.redis, 'CONFIG SET repl-diskless-sync-delay 0');
    await tellRedis(replica, `REPLICAOF 127.0.0.1 ${new URL(world.redis.url).port}`);
    const follows = async () =>
      (await tellRedis(replica, 'INFO replication')).includes('master_link_status:up');
    await until('the other Redis follows', follows, REPLICA_MS);
    await writeThrough(hall, {
      leave: async () => {
        replica.hang();
        await seconds(0.5, 5);
        await world.redis.kill();
        replica.wake();
        await tellRedis(replica, 'REPLICAOF NO ONE');
        texts.redisWire.lead(Number(new URL(replica.url).port));
      },
      seconds: [1, 10],
      back: () => undefined,
    });
  } finally {
    replica.wake();
    await replica.stop();
  }
}

export const textRedisFaults: readonly TextFault[] = [
  {
    name: 'text 9: Redis is killed while people write, stays away, and comes back empty',
    times: ONCE,
    inject: (hall) =>
      writeThrough(hall, {
        leave: ({ world }) => world.redis.kill(),
        seconds: [3, 25],
        back: ({ world }) => world.redis.restart(),
      }),
  },
  {
    name: 'text 10: Redis hangs while people write, and goes on',
    times: ONCE,
    inject: (hall) =>
      writeThrough(hall, {
        leave: ({ world }) => world.redis.hang(),
        seconds: [3, 30],
        back: ({ world }) => world.redis.wake(),
      }),
  },
  {
    name: 'text 11: another Redis takes over that has missed the last of it',
    times: ONCE,
    inject: failOver,
  },
];
