import pg from 'pg';
import { until } from '../e2e/support/until.ts';
import type { Fault, Trouble } from './fault.ts';
import { terminateBackends, type World } from './world.ts';

const ONCE = { short: 1, long: 1 };
const BACK_MS = 5_000;

/** Once PostgreSQL is there again, so is every process. */
async function comesBack({ world, expect, note }: Trouble): Promise<void> {
  const isReady = async () => {
    const answers = await Promise.all(
      world.doors.map((door) => fetch(`${door}/readyz`, { signal: AbortSignal.timeout(2_000) })),
    );
    return answers.every(({ ok }) => ok);
  };
  const began = performance.now();
  const isBack = await until('every process is ready', BACK_MS, () => isReady().catch(() => false)).then(
    () => true,
    () => false,
  );
  note(`ready ${Math.round(performance.now() - began)} ms after PostgreSQL`);
  expect('every process is ready within 5 s of PostgreSQL', isBack);
}

/** Nobody is told that something is done while nothing can be. */
async function nothingIsAcknowledged(
  { troupe, seconds, expect }: Trouble,
  [short, long]: readonly [number, number],
) {
  // What was committed before may still be on its way to people.
  await seconds(0.5, 0.5);
  const { ends } = troupe.measureAnew();
  await seconds(short, long);
  expect('nothing is acknowledged without PostgreSQL', ends.view.ok + ends.ballot.ok + ends.floor.ok === 0);
}

async function lock(world: World, hold: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: world.databaseUrl() });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('lock table room_event in access exclusive mode');
    await hold();
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

export const databaseFaults: readonly Fault[] = [
  {
    name: 'PostgreSQL loses power and starts again',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      await trouble.world.database.crash();
      await trouble.world.database.back();
      await comesBack(trouble);
      await trouble.seconds(1, 3);
    },
  },
  {
    name: 'PostgreSQL is away',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      await trouble.world.database.leave();
      await nothingIsAcknowledged(trouble, [5, 30]);
      await trouble.world.database.back();
      await comesBack(trouble);
    },
  },
  {
    name: 'PostgreSQL answers nothing, behind a line that is dead in silence',
    storm: null,
    people: 12,
    times: { short: 0, long: 1 },
    inject: async (trouble) => {
      trouble.world.databaseWire.swallow();
      await nothingIsAcknowledged(trouble, [5, 60]);
      trouble.world.databaseWire.heal();
      await comesBack(trouble);
    },
  },
  {
    name: 'every connection to PostgreSQL is cut, three times',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async ({ world, seconds }) => {
      for (let time = 0; time < 3; time += 1) {
        await terminateBackends(world);
        await seconds(0.7, 5);
      }
    },
  },
  {
    name: 'somebody holds a lock on the log',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      await lock(trouble.world, () => nothingIsAcknowledged(trouble, [3, 10]));
      await trouble.seconds(1, 3);
    },
  },
];
