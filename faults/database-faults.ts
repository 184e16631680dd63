import pg from 'pg';
import { cameTrue, until } from '../server/testing/until.ts';
import { roomIsRead } from './coming-back.ts';
import type { Fault, Trouble } from './fault.ts';
import { othersGoOn } from './meanwhile.ts';
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
  const isBack = await cameTrue(BACK_MS, () => isReady().catch(() => false));
  note(`ready ${Math.round(performance.now() - began)} ms after PostgreSQL`);
  expect('every process is ready within 5 s of PostgreSQL', isBack);
}

/** Nobody is told that something is done while nothing can be. */
async function nothingIsAcknowledged(
  { troupe, seconds, expect }: Trouble,
  [short, long]: readonly [number, number],
) {
  // Counts what is begun from now on: what was committed before may still be on its way to people.
  const { ends } = troupe.measureAnew();
  await seconds(short, long);
  expect('nothing is acknowledged without PostgreSQL', ends.view.ok + ends.ballot.ok + ends.floor.ok === 0);
}

async function lock(
  world: World,
  table: 'room_event' | 'studio',
  hold: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: world.databaseUrl() });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`lock table ${table} in access exclusive mode`);
    await hold(client);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

/** Pages of the office that wait for a table: more at each door than its process may have connections. */
const PAGES = 20;

async function openPages({ world, troupe }: Trouble): Promise<void> {
  const headers = troupe.stage.chair.headers();
  const pages = world.doors.flatMap((door) =>
    Array.from({ length: PAGES }, () => fetch(`${door}/api/studios`, { headers })),
  );
  for (const page of await Promise.all(pages)) await page.arrayBuffer();
}

/** Resolves when connections of both processes wait for a lock. */
async function officeIsStuck(client: pg.Client): Promise<void> {
  await until(
    'pages wait for the lock',
    async () => {
      // In a transaction the view is remembered.
      await client.query('select pg_stat_clear_snapshot()');
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
       where application_name = 'shangliang' and wait_event_type = 'Lock'`,
      );
      return (rows[0]?.count ?? 0) >= 4;
    },
    BACK_MS,
  );
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
    inject: async (trouble) => {
      for (let time = 0; time < 3; time += 1) {
        await terminateBackends(trouble.world);
        await comesBack(trouble);
        await trouble.seconds(0.7, 5);
      }
    },
  },
  {
    name: 'somebody holds a lock on the log',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      // Longer than a command waits for a lock: its room must be there for the others behind that too.
      await lock(trouble.world, 'room_event', async () => {
        await Promise.all([nothingIsAcknowledged(trouble, [7, 12.5]), roomIsRead(trouble, [7, 12.5])]);
      });
      await comesBack(trouble);
      await trouble.seconds(1, 3);
    },
  },
  {
    name: 'slow pages of the office, behind a lock, have every connection that they may',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      await lock(trouble.world, 'studio', async (client) => {
        const pages = openPages(trouble);
        await officeIsStuck(client);
        await Promise.all([othersGoOn(trouble, [3, 4]), roomIsRead(trouble, [3, 4])]);
        await client.query('rollback');
        await pages;
      });
      await comesBack(trouble);
    },
  },
];
