import { setTimeout } from 'node:timers/promises';
import { createBoxKeys } from './box/keys.ts';
import { createSigner } from './box/signer.ts';
import { loadVerifier } from './bundle/load-verifier.ts';
import { createPacker } from './bundle/packer.ts';
import { createCuts } from './bus/cuts.ts';
import { createSignals } from './bus/signals.ts';
import { createDoor } from './collab/door.ts';
import { createCollab } from './collab/gateway.ts';
import { createTextHistory } from './collab/text-history.ts';
import { createTexts } from './collab/texts.ts';
import { loadConfig, secretKey, type Config } from './config.ts';
import type { Database } from './db/client.ts';
import { createCommandMarks } from './db/command-marks.ts';
import { createDeadlines } from './db/deadlines.ts';
import { createDocumentLog } from './db/document-log.ts';
import { createErasures } from './db/erasures.ts';
import { createFounding } from './db/founding.ts';
import { createRecordRows } from './db/record-rows.ts';
import { createRoomLog } from './db/room-log.ts';
import { COOKIE } from './db/sign-ins.ts';
import { createStores } from './db/stores.ts';
import { createTextRetention } from './db/text-retention.ts';
import { createEnding, listenForTheEnd, type Ending } from './ending.ts';
import { createFileMaker } from './files/maker.ts';
import { createApp } from './http/app.ts';
import { loadClient } from './http/client-files.ts';
import { createMetrics, serveMetrics } from './http/metrics.ts';
import { isOurOrigin } from './http/origin.ts';
import { createRates } from './http/rates.ts';
import { createHttpServer, listen, stopAccepting } from './http/server.ts';
import { startErasing } from './jobs/erasing.ts';
import { startEndingCollecting } from './jobs/collecting.ts';
import { startEndingPolls } from './jobs/ending-polls.ts';
import { startMarking } from './jobs/command-marking.ts';
import { startRecording } from './jobs/recording.ts';
import { startSweepingFiles } from './jobs/file-sweeping.ts';
import { startTidying } from './jobs/text-tidying.ts';
import { startTimekeeping } from './jobs/timekeeping.ts';
import { createLog, type Log } from './log.ts';
import { announce, refuseOpenDemo, seed } from './main/demo.ts';
import { openBus, openStorage, ping } from './main/storage.ts';
import { paths, version } from './paths.ts';
import { createRealtime } from './realtime/gateway.ts';
import { createRooms } from './rooms/actor.ts';
import { createMarkOf } from './rooms/command-mark.ts';
import { createFeed } from './rooms/feed.ts';
import { firstRun, type FirstSignIn } from './services/first-run.ts';
import { createPasswords, type Passwords } from './services/passwords.ts';
import { createServices } from './services/services.ts';
import { createSealing } from './sealing.ts';
import { isOurToken } from './sign-in-token.ts';
import { systemClock, systemIds } from './system.ts';

// The composition root: this module and main/ are the only ones that know everybody. Nobody else imports them.

const startedAt = systemClock.now();
/** How often names that are due are looked for. */
const ERASE_EVERY_MS = 3_600_000;
/** How often it is looked whether somebody has spoken beyond their time. */
const TIMEKEEP_EVERY_MS = 250;
/** How often it is looked whether the time for collecting views is over somewhere. */
const COLLECT_EVERY_MS = 1_000;
/** How often texts at rest are folded, and rows that were kept long enough deleted. */
const TIDY_EVERY_MS = 600_000;
/** How often files that stand nowhere are looked for. */
const SWEEP_FILES_EVERY_MS = 3_600_000;
/** How often it is looked whether a record was sealed whose rows are still to be written. */
const RECORD_EVERY_MS = 2_000;
/** How long the slowest line may take with a ballot that was sent as its poll ended. */
const BALLOT_WAY_MS = 5_000;
/** How often digests that a process of an earlier version left are looked for. */
const MARK_EVERY_MS = 86_400_000;

async function start(config: Config, ending: Ending, log: Log): Promise<void> {
  const database = await openStorage({ config, ending, log });
  const { bus, presence, counts } = await openBus({ config, ending, log }, database);
  const secret = secretKey(config);
  const isHttps = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const { seats, ...stores } = createStores(database, {
    clock: systemClock,
    secureOnly: isHttps,
    isOurs: (token) => isOurToken(secret, token),
  });
  const documentLog = createDocumentLog(database.pool);
  const texts = createTexts({ documentLog });
  ending.add('texts', texts.close);
  const textHistory = createTextHistory(documentLog);
  ending.add('text history', textHistory.close);
  const roomLog = createRoomLog({ pool: database.pool, texts, ids: systemIds });
  const passwords = createPasswords();
  const markOf = createMarkOf(secret);
  if (config.DEMO) await seed({ database, roomLog, documentLog, passwords, log, markOf });
  else if (config.isReachable) await refuseOpenDemo(database, passwords);

  // Alone there is nobody to tell.
  const sealing = config.REDIS_URL === undefined ? null : createSealing(secret, 'hints');
  const feed = await createFeed({ roomLog, bus, log, sealing });
  ending.add('feed', feed.close);
  const rooms = createRooms({ roomLog, feed, clock: systemClock, log, markOf });
  feed.follow(rooms);
  const door = createDoor({ documentLog, rooms, seats, nowMs: () => performance.now() });
  const rates = createRates(counts);
  const cuts = await createCuts(bus, log);
  const signals = await createSignals(bus, log);
  const maker = createFileMaker();
  ending.add('files', maker.close);
  const signer = createSigner();
  ending.add('signer', signer.close);
  const packer = createPacker(await loadVerifier());
  ending.add('packer', packer.close);
  const boxOrigin = config.BALLOT_BOX_URL === undefined ? null : new URL(config.BALLOT_BOX_URL).origin;
  const jitterMs = 1_000 * config.BALLOT_JITTER_SECONDS;
  const services = createServices({
    feed,
    stores,
    texts: door,
    textHistory,
    seats,
    rooms,
    maker,
    passwords,
    signer,
    boxKeys: createBoxKeys(secret),
    packer,
    boxSettings: { origin: boxOrigin, jitterMs, endingMs: jitterMs === 0 ? 0 : jitterMs + BALLOT_WAY_MS },
    spendBallot: (what, pollId) => rates.spend(what, `poll:${pollId}`),
    failures: rates.throttle('wrong-password', { points: 10, windowSeconds: 900 }),
    guesses: rates.throttle('wrong-link', { points: 20, windowSeconds: 60 }),
    signals,
    restSignal: (key) => rates.spend('signal', key),
    cut: cuts.cut,
    secret,
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
    health: { startedAt, version, isStopping: ending.isStopping, pingDatabase: () => ping(database) },
    metrics,
    metricsToken: config.METRICS_TOKEN,
    proxies: config.TRUST_PROXY,
    boxOrigin,
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
    signals,
    allowOrigin: (origin, host) => isOurOrigin({ origin, host }, ours),
  });
  const collab = createCollab({
    ...doors,
    feed,
    door,
    documentLog,
    allowOrigin: ({ headers }) => isOurOrigin(headers, ours),
  });
  // It tells the log itself of what it could not ask.
  cuts.hear((cut) => void collab.cut(cut));
  metrics.gauge('sockets_open', 'Sockets to rooms, whether or not they hear.', realtime.lines);
  metrics.gauge('text_connections_open', 'Connections to shared texts.', () => collab.open().connections);
  metrics.gauge('texts_open', 'Shared texts held in memory.', () => collab.open().documents);

  const erasures = createErasures(database.pool);
  const erasing = startErasing({ erasures, cuts, clock: systemClock, log }, ERASE_EVERY_MS);
  ending.add('erasing', erasing.close);
  const retention = createTextRetention(database.pool);
  const tidying = startTidying({ retention, compact: collab.compact, log }, TIDY_EVERY_MS);
  ending.add('tidying', tidying.close);
  const sweeping = startSweepingFiles({ files: stores.files, log }, SWEEP_FILES_EVERY_MS);
  ending.add('file sweeping', sweeping.close);
  const recording = startRecording({ records: createRecordRows(database.pool), log }, RECORD_EVERY_MS);
  ending.add('recording', recording.close);
  const marks = createCommandMarks(database.pool);
  const marking = startMarking({ marks, markOf, log }, MARK_EVERY_MS);
  ending.add('marking', marking.close);
  const timekeeping = startTimekeeping({ rooms, clock: systemClock, log }, TIMEKEEP_EVERY_MS);
  ending.add('timekeeping', timekeeping.close);
  const deadlines = createDeadlines(database.pool);
  const collecting = startEndingCollecting({ rooms, deadlines, clock: systemClock, log }, COLLECT_EVERY_MS);
  ending.add('collecting', collecting.close);
  const polling = startEndingPolls({ rooms, deadlines, clock: systemClock, log }, COLLECT_EVERY_MS);
  ending.add('polling', polling.close);

  const port = await listen(httpServer, { host: config.HOST, port: config.PORT });
  // At once: people move over while the last requests are answered, and the time to stop is shared.
  ending.add('doors', async () => {
    // Whoever asks /readyz now sends people elsewhere, while whoever is sent here is still served.
    await setTimeout(1_000 * config.DRAIN_SECONDS);
    await Promise.all([stopAccepting(httpServer), realtime.close(), collab.close()]);
  });
  if (config.METRICS_PORT !== undefined) {
    const inner = await serveMetrics(metrics, config.METRICS_PORT);
    ending.add('metrics', async () => {
      inner.close();
      inner.closeAllConnections();
    });
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

const config = loadConfig();
const log = createLog(config.LOG_LEVEL);
const ending = createEnding(log);
listenForTheEnd(ending, log);
start(config, ending, log).catch((error: unknown) => {
  // What was stopped in the middle of starting fails, and that is no news.
  if (ending.isStopping()) return;
  log.fatal({ err: error }, 'the server could not start');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  void ending.stop('failed start', 1);
});
