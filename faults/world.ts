import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administer } from '../e2e/support/postgres.ts';
import { startProcess, type ServerProcess } from '../e2e/support/server-process.ts';
import { until } from '../server/testing/until.ts';
import { chanceOf, type Chance } from '../load/chance.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../server/embedded/postgres.ts';
import { frailPort, type FrailPort } from '../server/testing/frail-port.ts';
import { testRedis, type TestRedis } from '../server/testing/test-redis.ts';
import { backUpAndRestore, type Restored } from './backup.ts';
import { busProxy, type BusProxy } from './bus-proxy.ts';

/** One server process, with the wires that lead to it and away from it. */
export type Node = {
  readonly process: ServerProcess;
  /** Where people knock; the process is behind it. */
  readonly door: string;
  readonly doorWire: FrailPort;
  readonly bus: BusProxy;
};

/** Two real processes on one real PostgreSQL and one real Redis, and every wire between them in our hand. */
export type World = {
  readonly nodes: readonly [Node, Node];
  readonly doors: readonly [string, string];
  readonly redis: TestRedis;
  /** From the processes to PostgreSQL. */
  readonly databaseWire: FrailPort;
  /** PostgreSQL itself, past every wire. */
  readonly databaseUrl: () => string;
  /** The folder where PostgreSQL writes what went wrong. */
  readonly postgresLogs: string;
  readonly database: {
    /** Ends it at once, as when the machine loses power; whoever watches over it brings it back. */
    readonly crash: () => Promise<void>;
    /** Stops it, and nobody brings it back. */
    readonly leave: () => Promise<void>;
    /** Resolves once it answers; starts it first when it was stopped. */
    readonly back: () => Promise<void>;
  };
  /** Copies it while it works, and starts the copy elsewhere. */
  readonly backUpAndRestore: () => Promise<Restored>;
  /** Mends whatever is broken, for the next misfortune: also after one that broke off in the middle. */
  readonly mend: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openWorld(seed: number): Promise<World> {
  const chance = chanceOf(seed);
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres(folder);
  const redis = await testRedis();
  const databaseWire = await frailPort({ host: '127.0.0.1', port: Number(new URL(postgres.url).port) });
  const wired = new URL(postgres.url);
  wired.port = String(databaseWire.port);
  const nodeOf = () => openNode({ databaseUrl: wired.href, redisUrl: redis.url, chance });
  // One after the other: the first makes the tables and the demo.
  const nodes = [await nodeOf(), await nodeOf()] as const;
  let isAway = false;
  const database = {
    crash: () => crash(folder),
    leave: async () => {
      isAway = true;
      await postgres.stop();
    },
    back: async () => {
      if (isAway) postgres = await startEmbeddedPostgres(folder);
      isAway = false;
      await until('PostgreSQL answers', () => answers(postgres.url), 20_000);
    },
  };
  return {
    nodes,
    doors: [nodes[0].door, nodes[1].door],
    redis,
    databaseWire,
    databaseUrl: () => postgres.url,
    postgresLogs: join(folder, 'postgres/cluster/log'),
    database,
    backUpAndRestore: () => backUpAndRestore(folder),
    mend: async () => {
      databaseWire.heal();
      redis.wake();
      await tellRedis(redis, 'PING').catch(() => redis.restart());
      await database.back();
      for (const { process, doorWire, bus } of nodes) {
        doorWire.heal();
        bus.trouble('none');
        process.thaw();
        if (process.pid() === null) await process.start();
      }
    },
    close: async () => {
      for (const { process, doorWire, bus } of nodes) {
        process.thaw();
        await doorWire.close();
        await process.stop();
        await bus.close();
      }
      redis.wake();
      await redis.stop();
      await databaseWire.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openNode(setting: { databaseUrl: string; redisUrl: string; chance: Chance }): Promise<Node> {
  const bus = await busProxy(Number(new URL(setting.redisUrl).port), setting.chance);
  const process = await startProcess({
    databaseUrl: setting.databaseUrl,
    redisUrl: `redis://127.0.0.1:${bus.port}`,
  });
  const doorWire = await frailPort({ host: '127.0.0.1', port: Number(new URL(process.url).port) });
  return { process, door: `http://127.0.0.1:${doorWire.port}`, doorWire, bus };
}

/** SIGQUIT is PostgreSQL's "immediate": no checkpoint, no goodbye; the next start replays its log. */
async function crash(folder: string): Promise<void> {
  const lockFile = join(folder, 'postgres/cluster/postmaster.pid');
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n', 1)[0]);
  process.kill(pid, 'SIGQUIT');
  await until('PostgreSQL is gone', () => !isAlive(pid), 20_000);
}

function answers(url: string): Promise<boolean> {
  return administer(url, 'select 1').then(
    () => true,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Cuts every connection that the processes have to PostgreSQL. */
export function terminateBackends({ databaseUrl }: World): Promise<void> {
  return administer(
    databaseUrl(),
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shangliang' and pid <> pg_backend_pid()`,
  );
}

/** Says something to Redis in the plainest way, and resolves with what it says first. */
export async function tellRedis(redis: Pick<TestRedis, 'url'>, command: string): Promise<string> {
  return await new Promise<string>((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(redis.url).port) });
    socket.on('error', reject);
    socket.write(`${command}\r\n`);
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString('utf8'));
    });
  });
}
