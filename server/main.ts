import { createMemoryBus } from './bus/memory.ts';
import { loadConfig, secretKey, type Config } from './config.ts';
import { openDatabase, type Database } from './db/client.ts';
import { migrate } from './db/migrate.ts';
import { createRoomLog } from './db/room-log.ts';
import { COOKIE } from './db/sign-ins.ts';
import { createStores } from './db/stores.ts';
import { startEmbeddedPostgres } from './embedded/postgres.ts';
import { createApp } from './http/app.ts';
import { loadClient } from './http/client-files.ts';
import { createMetrics, serveMetrics } from './http/metrics.ts';
import { connectRateRedis } from './http/rate-redis.ts';
import { createRates } from './http/rates.ts';
import { createHttpServer, listen, stopAccepting } from './http/server.ts';
import { createLog, type Log } from './log.ts';
import { paths, version } from './paths.ts';
import type { Texts } from './ports/texts.ts';
import { createRooms } from './rooms/actor.ts';
import { createFeed } from './rooms/feed.ts';
import { createServices } from './services/services.ts';
import { systemClock, systemIds } from './system.ts';

// The composition root: the only module that knows everybody. Nobody imports it.

const startedAt = systemClock.now();
/** The last thing that was started is the first to be stopped. */
const toClose: { readonly name: string; readonly close: () => Promise<void> }[] = [];
let isStopping = false;

const noTexts: Texts = {
  setWritable: () => Promise.resolve(),
  seal: () => Promise.reject(new Error('no text engine yet')),
};

async function start(config: Config, log: Log): Promise<void> {
  const database = await openStorage(config, log);
  const bus = createMemoryBus();
  toClose.push({ name: 'bus', close: bus.close });
  const texts = noTexts;
  const roomLog = createRoomLog({ pool: database.pool, texts, ids: systemIds });
  const feed = await createFeed({ roomLog, bus, log });
  toClose.push({ name: 'feed', close: feed.close });
  const rooms = createRooms({ roomLog, feed, clock: systemClock, log });
  const isHttps = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const { seats, ...stores } = createStores(database, { clock: systemClock, secureOnly: isHttps });
  const redis = config.REDIS_URL === undefined ? null : await connectRateRedis(config.REDIS_URL, log);
  if (redis !== null) toClose.push({ name: 'rates', close: redis.close });
  const rates = createRates(redis?.client ?? null);

  const services = createServices({
    stores,
    seats,
    rooms,
    failures: rates.throttle('wrong-password', { points: 10, windowSeconds: 900 }),
    guesses: rates.throttle('wrong-link', { points: 20, windowSeconds: 60 }),
    cut: () => undefined,
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
  const server = createHttpServer(app);
  const port = await listen(server, { host: config.HOST, port: config.PORT });
  toClose.push({ name: 'http', close: () => stopAccepting(server) });
  if (config.METRICS_PORT !== undefined) {
    const inner = await serveMetrics(metrics, config.METRICS_PORT);
    toClose.push({ name: 'metrics', close: () => stopAccepting(inner) });
  }
  process.stdout.write(
    `\n  Shangliang ${version}: ${config.PUBLIC_URL ?? `http://${shownHost(config.HOST)}:${port}`}\n\n`,
  );
}

async function openStorage(config: Config, log: Log): Promise<Database> {
  let url = config.DATABASE_URL;
  if (url === undefined) {
    const embedded = await startEmbeddedPostgres(config.DATA_DIR);
    toClose.push({ name: 'embedded database', close: embedded.stop });
    url = embedded.url;
  }
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

/** An address that can be typed into a browser on this machine. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
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
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
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
  log.fatal({ err: error }, 'the server could not start');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  void stop(log, 'failed start', 1);
});
