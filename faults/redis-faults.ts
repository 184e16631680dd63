import { sessionRoutes } from '../core/contract/sessions.ts';
import { everybodyReaches } from '../load/evidence.ts';
import type { Fault, Trouble } from './fault.ts';
import { answeredSoon, seenSoon } from './meanwhile.ts';
import { everybodyIsCounted } from './presence.ts';
import { tellRedis } from './world.ts';

const ONCE = { short: 1, long: 1 };
/** In the long form, or asked for by its name: in the short one the lost message stands for what a line may do. */
const IN_LIFE = { short: 0, long: 1 } as const;
const CONVERGED_MS = 2_000;
const COUNTED_MS = 15_000;

/** Without Redis people are still answered, and those of the other process see it, by PostgreSQL alone. */
async function liveWithoutRedis(trouble: Trouble, [short, long]: readonly [number, number]): Promise<void> {
  const { troupe, seconds, expect, again } = trouble;
  const figures = troupe.measureAnew();
  const before = again();
  await seconds(short, long);
  expect('views are acknowledged without Redis', figures.ends.view.ok > 0);
  expect('ballots are acknowledged without Redis', figures.ends.ballot.ok > 0);
  expect(`nobody has to ask twice without Redis (${again() - before} did)`, again() === before);
  answeredSoon(trouble, figures, 'without Redis');
  seenSoon(trouble, figures, 'without Redis');
}

/** Once it is back everybody has everything soon, without anything else happening. */
async function convergeQuietly(
  { troupe, quiet, expect, note }: Trouble,
  back: () => Promise<void>,
): Promise<void> {
  await quiet();
  const { chair, sessionId } = troupe.stage;
  const { room } = await chair.call(sessionRoutes.getSnapshot, { params: { sessionId } });
  await back();
  const ms = await everybodyReaches(troupe.people, room.seq, CONVERGED_MS);
  note(`everybody had everything ${ms === null ? 'too late' : `in ${Math.round(ms)} ms`}`);
  expect('everybody has everything within 2 s of Redis being back, without a further event', ms !== null);
}

function busFault(name: string, kind: 'dropped' | 'doubled' | 'late', times = ONCE): Fault {
  return {
    name,
    storm: null,
    people: 12,
    times,
    inject: async (trouble) => {
      const { world, troupe, seconds, expect } = trouble;
      const figures = troupe.measureAnew();
      const before = world.nodes.reduce((sum, { bus }) => sum + bus.spoilt(), 0);
      for (const { bus } of world.nodes) bus.trouble(kind);
      await seconds(4, 30);
      for (const { bus } of world.nodes) bus.trouble('none');
      const after = world.nodes.reduce((sum, { bus }) => sum + bus.spoilt(), 0);
      expect(`messages between the processes were ${kind} at all`, after > before);
      seenSoon(trouble, figures, 'meanwhile');
    },
  };
}

export const redisFaults: readonly Fault[] = [
  {
    name: 'Redis is killed, stays away, and comes back empty',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      await trouble.world.redis.kill();
      await liveWithoutRedis(trouble, [6, 25]);
      await convergeQuietly(trouble, () => trouble.world.redis.restart());
    },
  },
  {
    name: 'Redis hangs and goes on',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      trouble.world.redis.hang();
      await liveWithoutRedis(trouble, [6, 30]);
      await convergeQuietly(trouble, () => Promise.resolve(trouble.world.redis.wake()));
    },
  },
  {
    name: 'Redis is emptied again and again',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      const { world, troupe, seconds, expect, note } = trouble;
      const figures = troupe.measureAnew();
      for (let time = 0; time < 4; time += 1) {
        await tellRedis(world.redis, 'FLUSHALL');
        await seconds(0.7, 5);
      }
      expect('views are acknowledged meanwhile', figures.ends.view.ok > 0);
      answeredSoon(trouble, figures, 'meanwhile');
      seenSoon(trouble, figures, 'meanwhile');
      await tellRedis(world.redis, 'FLUSHALL');
      const ms = await everybodyIsCounted(troupe, world.nodes[0].process.url, COUNTED_MS);
      note(`everybody was counted again ${ms === null ? 'too late' : `in ${Math.round(ms)} ms`}`);
      expect('everybody of both processes is counted again within 15 s', ms !== null);
    },
  },
  busFault('one message in twenty between the processes is lost', 'dropped'),
  busFault('one message in twenty between the processes comes twice', 'doubled', IN_LIFE),
  busFault('one message in twenty between the processes is overtaken', 'late', IN_LIFE),
];
