// npm run cluster -- --processes 2: several server processes behind one port. They meet in PostgreSQL and Redis.
// SIGUSR2 restarts them one after the other, each only when its successor serves, with whatever was built meanwhile.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAll, loadEnvFile } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';
import { stopWithNpm } from './lib/parent.mjs';

const { values } = parseArgs({ options: { processes: { type: 'string', short: 'n' } } });
const processes = Number(values.processes ?? availableParallelism());
/** Connections that the embedded PostgreSQL has for all processes together; it keeps some for itself. */
const embeddedConnections = 180;
loadEnvFile();

const refuse = (why) => {
  console.error(why);
  process.exit(1);
};
if (!Number.isInteger(processes) || processes < 1 || processes > 64)
  refuse(`--processes must be a number from 1 to 64, not ${values.processes}.`);

await ensureAll();

// Before anything is started: what one process refuses, every process would.
const { loadConfig } = await import(join(root, 'dist/server/config.js'));
const config = loadConfig();
if (config.REDIS_URL === undefined)
  refuse(
    'Several processes need Redis to tell each other what is new: set REDIS_URL, for example redis://127.0.0.1:6379.',
  );
if (config.PORT === 0) refuse('Several processes share one port: set PORT to one that is not 0.');

let embedded;
let exitCode = 0;
let stopping = false;
let hasServed = false;
const slots = new Map();
/** Processes that need nobody in their place when they end: old ones that were replaced, new ones on trial. */
const spare = new Set();

const stop = (code) => {
  if (stopping) return;
  stopping = true;
  exitCode = code;
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  void finish();
};
const finish = async () => {
  if (Object.keys(cluster.workers ?? {}).length > 0) return;
  // It may still be starting: then it is stopped as soon as it can be.
  await embedded?.then((started) => started.stop()).catch((error) => console.error(error.message));
  process.exit(exitCode);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
stopWithNpm(() => stop(0));

const env = { DEMO: String(config.DEMO) };
if (config.embedded) {
  const { startEmbeddedPostgres } = await import(join(root, 'dist/server/embedded.js'));
  embedded = startEmbeddedPostgres(config.DATA_DIR, (news, error) =>
    console.error(error === undefined ? news : `${news}: ${error.message}`),
  );
  env.DATABASE_URL = (await embedded.catch((error) => refuse(error.message))).url;
  // One more: while they are restarted, a process and its successor are there together.
  const share = Math.max(2, Math.floor(embeddedConnections / (processes + 1)));
  env.DB_POOL_SIZE = String(Math.min(config.DB_POOL_SIZE, share));
}

const startWorker = (slot) => {
  if (stopping) return;
  // One process answers for the figures: each knows only its own.
  const worker = cluster.fork(slot === 1 ? env : { ...env, METRICS_PORT: '' });
  slots.set(worker.id, { slot, startedAt: Date.now() });
  return worker;
};

let restarting = false;
const restartAll = async () => {
  if (restarting || stopping) return;
  restarting = true;
  const old = Object.values(cluster.workers ?? {});
  console.log(`restarting ${old.length} processes, one after the other`);
  for (const worker of old) {
    if (stopping || worker.isDead()) continue;
    const { slot } = slots.get(worker.id);
    const next = startWorker(slot);
    spare.add(next.id);
    const serves = await new Promise((resolve) => {
      next.once('listening', () => resolve(true));
      next.once('exit', () => resolve(false));
    });
    // The old one ended by itself meanwhile: its place has been filled already, with what was built since.
    if (serves && worker.isDead()) {
      next.process.kill('SIGTERM');
      continue;
    }
    if (!serves) {
      console.error('the new process did not come up: the old ones stay');
      break;
    }
    spare.delete(next.id);
    spare.add(worker.id);
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.process.kill('SIGTERM');
    await gone;
    console.log(`process ${worker.process.pid} was replaced by ${next.process.pid}`);
  }
  restarting = false;
};
process.on('SIGUSR2', () => void restartAll());

cluster.setupPrimary({ exec: join(root, 'dist/server/main.js'), execArgv: ['--enable-source-maps'] });
cluster.on('listening', () => {
  hasServed = true;
});
cluster.on('exit', (worker, code, signal) => {
  const { slot, startedAt } = slots.get(worker.id);
  slots.delete(worker.id);
  if (stopping) {
    void finish();
    return;
  }
  if (spare.delete(worker.id)) return;
  console.error(`process ${worker.process.pid} ended (${signal ?? code})`);
  // A wrong setting or a port in use does not go away by trying again.
  if (!hasServed && code !== 0) {
    stop(1);
    return;
  }
  // One that dies at once would otherwise be started in a tight loop.
  setTimeout(() => startWorker(slot), Date.now() - startedAt > 5_000 ? 0 : 2_000);
});
for (let slot = 1; slot <= processes; slot += 1) startWorker(slot);
if (!stopping) console.log(`${processes} processes on port ${config.PORT}`);
