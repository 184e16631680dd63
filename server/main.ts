import cluster from 'node:cluster';
import { networkInterfaces } from 'node:os';
import { DEMO_PASSWORD } from '../prisma/seed/demo.ts';
import { openDemoLogins } from '../prisma/seed/leftover.ts';
import { demoSignIns } from '../prisma/seed/people.ts';
import { seedDemo } from '../prisma/seed/seed.ts';
import { announcement, lanAddress } from './announce.ts';
import { createCuts } from './bus/cuts.ts';
import { createMemoryBus } from './bus/memory.ts';
import { connect } from './bus/redis-client.ts';
import { createRedisBus } from './bus/redis.ts';
import { createCollab } from './collab/gateway.ts';
import { createTexts } from './collab/texts.ts';
import { loadConfig, secretKey, type Config } from './config.ts';
import { openDatabase, type Database } from './db/client.ts';
import { createDocumentLog } from './db/document-log.ts';
import { createErasures } from './db/erasures.ts';
import { createFounding } from './db/founding.ts';
import { installationOf } from './db/installation.ts';
import { migrate } from './db/migrate.ts';
import { createRoomLog } from './db/room-log.ts';
import { COOKIE } from './db/sign-ins.ts';
import { createStores } from './db/stores.ts';
import { startEmbeddedPostgres } from './embedded/postgres.ts';
import { createApp } from './http/app.ts';
import { loadClient } from './http/client-files.ts';
import { createMetrics, serveMetrics } from './http/metrics.ts';
import { isOurOrigin } from './http/origin.ts';
import { createRates, type SharedCounts } from './http/rates.ts';
import { createHttpServer, listen, stopAccepting } from './http/server.ts';
import { startErasing } from './jobs/erasing.ts';
import { createLog, type Log } from './log.ts';
import { paths, version } from './paths.ts';
import type { Bus } from './ports/bus.ts';
import type { DocumentLog } from './ports/document-log.ts';
import type { PresenceStore } from './ports/presence.ts';
import type { RoomLog } from './ports/room-log.ts';
import { createRealtime } from './realtime/gateway.ts';
import { createRooms } from './rooms/actor.ts';
import { createFeed } from './rooms/feed.ts';
import { firstRun, type FirstSignIn } from './services/first-run.ts';
import { createPasswords, type Passwords } from './services/passwords.ts';
import { createServices } from './services/services.ts';
import { systemClock, systemIds } from './system.ts';

// The composition root: the only module that knows everybody. Nobody imports it.

const startedAt = systemClock.now();
/** The last thing that was started is the first to be stopped. */
const toClose: { readonly name: string; readonly close: () => Promise<void> }[] = [];
let isStopping = false;
/** How often names that are due are looked for. */
const ERASE_EVERY_MS = 3_600_000;

async function start(config: Config, log: Log): Promise<void> {
  const database = await openStorage(config, log);
  const { bus, presence, counts } = await openBus(config, database, log);
  const isHttps = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const { seats, ...stores } = createStores(database, { clock: systemClock, secureOnly: isHttps });
  const documentLog = createDocumentLog(database.pool);
  const roomLog = createRoomLog({ pool: database.pool, texts: createTexts(documentLog), ids: systemIds });
  const passwords = createPasswords();
  if (config.DEMO) await seed({ database, roomLog, documentLog, passwords, log });
  else if (config.isReachable) await refuseOpenDemo(database, passwords);

  const feed = await createFeed({ roomLog, bus, log });
  toClose.push({ name: 'feed', close: feed.close });
  const rooms = createRooms({ roomLog, feed, clock: systemClock, log });
  const rates = createRates(counts);
  const cuts = await createCuts(bus, log);
  const services = createServices({
    stores,
    seats,
    rooms,
    passwords,
    failures: rates.throttle('wrong-password', { points: 10, windowSeconds: 900 }),
    guesses: rates.throttle('wrong-link', { points: 20, windowSeconds: 60 }),
    cut: cuts.cut,
    secret: secretKey(config),
    clock: systemClock,
    ids: systemIds,
    log,
  });

  const metrics = createMetrics();
  const app = createApp({
    services,
    signIns: stores.signIns,
    rates,
    publicUrl: config.PUBLIC_URL,
    cookieNames: COOKIE,
    checksReplies: false,
    health: { startedAt, version, isStopping: () => isStopping, pingDatabase: () => ping(database) },
    metrics,
    metricsToken: config.METRICS_TOKEN,
    proxies: config.TRUST_PROXY,
    client: await loadClient(paths.client),
    log,
  });
  const httpServer = createHttpServer(app);
  const ours = { publicUrl: config.PUBLIC_URL, proxies: config.TRUST_PROXY };
  const { signIns, sessions } = stores;
  const doors = { httpServer, rooms, signIns, seats, bus, log };
  const realtime = await createRealtime({
    ...doors,
    feed,
    sessions,
    cuts,
    presence,
    allowOrigin: (origin, host) => isOurOrigin({ origin, host }, ours),
  });
  const collab = createCollab({
    ...doors,
    feed,
    documentLog,
    allowOrigin: ({ headers }) => isOurOrigin(headers, ours),
  });
  // It tells the log itself of what it could not ask.
  cuts.hear((cut) => void collab.cut(cut));
  toClose.push({ name: 'texts', close: collab.close }, { name: 'sockets', close: realtime.close });
  metrics.gauge('sockets_open', 'Sockets that hear rooms.', realtime.count);
  metrics.gauge('text_connections_open', 'Connections to shared texts.', () => collab.open().connections);
  metrics.gauge('texts_open', 'Shared texts held in memory.', () => collab.open().documents);

  const erasures = createErasures(database.pool);
  const erasing = startErasing({ erasures, cuts, clock: systemClock, log }, ERASE_EVERY_MS);
  toClose.push({ name: 'erasing', close: erasing.close });

  const port = await listen(httpServer, { host: config.HOST, port: config.PORT });
  toClose.push({ name: 'http', close: () => stopAccepting(httpServer) });
  if (config.METRICS_PORT !== undefined) {
    const inner = await serveMetrics(metrics, config.METRICS_PORT);
    toClose.push({ name: 'metrics', close: () => stopAccepting(inner) });
  }
  announce(config, port, config.DEMO ? null : await begin(config, database, passwords));
}

/** Last, when the port is ours: a password that is made and then not shown would shut everybody out. */
function begin(config: Config, { pool }: Database, passwords: Passwords): Promise<FirstSignIn | null> {
  return firstRun({
    founding: createFounding(pool),
    passwords,
    ids: systemIds,
    orgName: config.ORG_NAME,
  });
}

/** Redis between several processes; alone, there is nobody to tell. */
async function openBus(
  config: Config,
  { pool }: Database,
  log: Log,
): Promise<{ bus: Bus; presence: PresenceStore | null; counts: SharedCounts | null }> {
  if (config.REDIS_URL === undefined) return { bus: createMemoryBus(), presence: null, counts: null };
  const prefix = `shangliang:${await installationOf(pool)}:`;
  const bus = createRedisBus(config.REDIS_URL, { prefix, log });
  toClose.push({ name: 'bus', close: bus.close });
  // A connection of its own: counting requests never waits behind hints.
  const redis = connect(config.REDIS_URL, { log, name: 'rates', isOfflineQueued: false });
  toClose.push({ name: 'rates', close: () => Promise.resolve(redis.destroy()) });
  return { bus, presence: bus.presence, counts: { redis, prefix } };
}

type SeedTools = {
  readonly database: Database;
  readonly roomLog: RoomLog;
  readonly documentLog: DocumentLog;
  readonly passwords: Passwords;
  readonly log: Log;
};

/** Fills an empty installation with the demo, through an engine of its own that nobody listens to yet. */
async function seed({ database, roomLog, documentLog, passwords, log }: SeedTools): Promise<void> {
  const begun = Date.now();
  const { made } = await seedDemo({
    pool: database.pool,
    prisma: database.prisma,
    documentLog,
    roomsAt: (clock) => createRooms({ roomLog, feed: { committed: () => undefined }, clock, log }),
    hashPassword: passwords.hash,
    clock: systemClock,
  });
  if (made) log.info({ ms: Date.now() - begun }, 'the demo was made');
}

/** Plainly, for the person who just typed npm start. */
function announce(config: Config, port: number, first: FirstSignIn | null): void {
  // Of several processes behind one port, one is enough to say so; whoever made the administrator must.
  if (cluster.isWorker && cluster.worker?.id !== 1 && first === null) return;
  const demo = config.DEMO ? { password: DEMO_PASSWORD, signIns: demoSignIns() } : null;
  const news = { version, port, first, demo, lanAddress: lanAddress(networkInterfaces()) };
  process.stdout.write(announcement(config, news));
}

/** A demo that was made for this computer alone is not opened to others by a change of address. */
async function refuseOpenDemo({ pool }: Database, { matches }: Passwords): Promise<void> {
  const logins = await openDemoLogins(pool, matches);
  if (logins.length === 0) return;
  throw new Error(
    `Others could reach this server, and its database holds the demo, whose passwords are public (${logins.length} accounts). ` +
      'For a real meeting set DATA_DIR to a new folder, or DATABASE_URL to an empty database. To show the demo all the same set DEMO=true.',
  );
}

async function openStorage(config: Config, log: Log): Promise<Database> {
  let url = config.DATABASE_URL;
  if (url === undefined) {
    const starting = startEmbeddedPostgres(config.DATA_DIR);
    // Before it is there: whoever stops us meanwhile must not leave it behind.
    toClose.push({
      name: 'embedded database',
      close: () =>
        starting.then(
          ({ stop }) => stop(),
          () => undefined,
        ),
    });
    url = (await starting).url;
  }
  if (isStopping) throw new Error('stopped while starting');
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'the database was brought to this version');
  const database = openDatabase({
    url,
    poolSize: config.DB_POOL_SIZE,
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection to the database broke'),
  });
  toClose.push({ name: 'database', close: database.close });
  return database;
}

async function ping({ pool }: Database): Promise<void> {
  await pool.query('select 1');
}

/** Everything that was started is stopped, the last first. What hangs is left behind after 15 seconds. */
async function stop(log: Log, why: string, code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ why }, 'stopping');
  setTimeout(() => {
    log.fatal('stopping took too long');
    process.exit(1);
  }, 15_000).unref();
  for (const { name, close } of toClose.toReversed()) {
    try {
      await close();
    } catch (error) {
      log.error({ err: error, name }, 'something could not be stopped cleanly');
    }
  }
  process.exit(code);
}

function listenForTheEnd(log: Log): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // stop tells the log of every failure itself.
      void stop(log, signal, 0);
    });
  }
  // A state that nobody thought of is not worth keeping: the supervisor starts a fresh process.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
}

const config = loadConfig();
const log = createLog(config.LOG_LEVEL);
listenForTheEnd(log);
start(config, log).catch((error: unknown) => {
  // What was stopped in the middle of starting fails, and that is no news.
  if (isStopping) return;
  log.fatal({ err: error }, 'the server could not start');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  void stop(log, 'failed start', 1);
});
