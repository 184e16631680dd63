import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { keptSecret } from '../kept-secret.ts';
import { type Cluster, makeHome, openCluster, socketOf, startCluster, stopCluster } from './cluster.ts';
import { EmbeddedPostgresError } from './failure.ts';
import { findRunning, readLockFile } from './lock-file.ts';
import { rememberedPort } from './port.ts';
import { watchSpace } from './space.ts';
import { watchOver, type Hear } from './watch.ts';

/** A PostgreSQL of our own, under DATA_DIR/postgres. */
export type EmbeddedPostgres = {
  /** Where the product's database is, with an account that owns it and nothing else. */
  readonly url: string;
  /** The same by a socket of this machine, a cheaper way for each question; by the port where there is none. */
  readonly nearUrl: string;
  /** Stops the server; call it last, after the pool has ended. */
  readonly stop: () => Promise<void>;
};

const name = 'shangliang';
/** An arbitrary number that stands for "this folder is in use" among advisory locks. */
const ownerLock = 7_342_019;

/**
 * Starts the embedded PostgreSQL, or takes over one that a killed process of ours left running. One process owns it
 * at a time: ownership is a lock inside PostgreSQL, so that it ends with the process, however that ended.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  hear: Hear = () => undefined,
): Promise<EmbeddedPostgres> {
  const home = makeHome(dataDir);
  const superPassword = keptSecret(join(home, 'superuser.password'));
  const password = keptSecret(join(home, 'password'));
  const cluster = await openCluster(home, superPassword);
  const { port } =
    (await findRunning(cluster.folder)) ??
    (await startCluster(cluster, await rememberedPort(join(home, 'port'))));
  const keeper = await own(cluster, { port, password: superPassword, patienceMs: 60_000 });
  const space = watchSpace(home);
  try {
    await ensureDatabase(keeper, password, space.isLow());
  } catch (error) {
    // It is ours, and nobody else will stop it.
    await keeper.end().catch(() => undefined);
    await stopCluster(cluster);
    throw error;
  }
  const revive = async () => {
    if ((await findRunning(cluster.folder)) === undefined) await startCluster(cluster, port);
    return await own(cluster, { port, password: superPassword, patienceMs: 5_000 });
  };
  const watch = watchOver({ space, keeper, revive, hear });
  return {
    url: urlOf(port, password),
    nearUrl: nearUrlOf(socketOf(cluster, port), { port, password }),
    stop: async () => {
      await watch.stop();
      await stopCluster(cluster);
    },
  };
}

/** Where the database of a data folder is: the one that runs there now, else one that is started and later stopped. */
export async function visitEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const home = makeHome(dataDir);
  const running = await findRunning(join(home, 'cluster'));
  if (running === undefined) return startEmbeddedPostgres(dataDir);
  const url = urlOf(running.port, keptSecret(join(home, 'password')));
  return { url, nearUrl: url, stop: () => Promise.resolve() };
}

function urlOf(port: number, password: string): string {
  return `postgresql://${name}:${password}@127.0.0.1:${port}/${name}`;
}

function nearUrlOf(socket: string | null, { port, password }: { port: number; password: string }): string {
  const url = new URL(urlOf(port, password));
  // Where it is given, it takes the place of the host; port and database name the same as before.
  if (socket !== null) url.searchParams.set('host', socket);
  return url.href;
}

/** Stops whatever PostgreSQL still runs under a data folder: for tests and for tidying up after a kill. */
export async function stopLeftover(dataDir: string): Promise<void> {
  const home = makeHome(dataDir);
  const cluster = await openCluster(home, keptSecret(join(home, 'superuser.password')));
  if (readLockFile(cluster.folder) !== undefined) await stopCluster(cluster);
}

type Owning = { readonly port: number; readonly password: string; readonly patienceMs: number };

async function own(cluster: Cluster, owning: Owning): Promise<pg.Client> {
  const keeper = await connect(owning);
  // A killed owner's connection takes a moment to be noticed.
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { rows } = await keeper.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      ownerLock,
    ]);
    if (rows[0]?.got === true) return keeper;
    await sleep(100);
  }
  await keeper.end();
  throw new EmbeddedPostgresError(
    `Another server is already using ${cluster.folder}. Stop it, choose another DATA_DIR, or set DATABASE_URL.`,
  );
}

/** Connects, waiting while a server that was killed replays its log. */
async function connect({ port, password, patienceMs }: Owning): Promise<pg.Client> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password,
      database: 'postgres',
      keepAlive: true,
    });
    // A connection that breaks while idle says so by an event; the pool notices on its own.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > deadline || !isStarting(error)) throw error;
      await sleep(100);
    }
  }
}

/** cannot_connect_now, or a server that has its lock file but does not listen yet. */
function isStarting(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === '57P03' || error.code === 'ECONNREFUSED')
  );
}

async function isReadOnly(keeper: pg.Client): Promise<boolean> {
  const { rows } = await keeper.query<{ word: string }>(
    `select current_setting('default_transaction_read_only') as word`,
  );
  return rows[0]?.word === 'on';
}

/** isFull: it may only read, so what is there must do. */
async function ensureDatabase(keeper: pg.Client, password: string, isFull: boolean): Promise<void> {
  if (isFull) return;
  // It may have been left so by an owner who was killed when the disk was full.
  await keeper.query('alter system reset default_transaction_read_only');
  await keeper.query('select pg_reload_conf()');
  for (let attempt = 0; attempt < 20 && (await isReadOnly(keeper)); attempt += 1) await sleep(100);
  const role = await keeper.query('select 1 from pg_roles where rolname = $1', [name]);
  const secret = pg.escapeLiteral(password);
  await keeper.query(
    role.rowCount === 0
      ? `create role ${name} login createdb password ${secret}`
      : `alter role ${name} password ${secret}`,
  );
  const database = await keeper.query('select 1 from pg_database where datname = $1', [name]);
  if (database.rowCount === 0) await keeper.query(`create database ${name} owner ${name}`);
}
