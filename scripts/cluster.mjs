// npm run cluster -- --processes 2: several server processes behind one port. They meet in PostgreSQL and Redis.
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAll } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';

const { values } = parseArgs({ options: { processes: { type: 'string', short: 'n' } } });
const processes = Number(values.processes ?? availableParallelism());
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));

const refuse = (why) => {
  console.error(why);
  process.exit(1);
};
if (!Number.isInteger(processes) || processes < 1 || processes > 64)
  refuse(`--processes must be a number from 1 to 64, not ${values.processes}.`);
if (!process.env.REDIS_URL)
  refuse(
    'Several processes need Redis to tell each other what is new: set REDIS_URL, for example redis://127.0.0.1:6379.',
  );
if (process.env.PORT === '0') refuse('Several processes share one port: set PORT to one that is not 0.');

ensureAll();

let embedded;
const env = {};
if (!process.env.DATABASE_URL) {
  const { startEmbeddedPostgres } = await import(join(root, 'dist/server/embedded.js'));
  embedded = await startEmbeddedPostgres(resolve(process.env.DATA_DIR || './data')).catch((error) =>
    refuse(error.message),
  );
  env.DATABASE_URL = embedded.url;
  env.DEMO = process.env.DEMO || 'true';
}

cluster.setupPrimary({ exec: join(root, 'dist/server/main.js'), execArgv: ['--enable-source-maps'] });
let stopping = false;
const startedAt = new Map();
const startWorker = () => {
  const worker = cluster.fork(env);
  startedAt.set(worker.id, Date.now());
};
for (let n = 0; n < processes; n += 1) startWorker();

cluster.on('exit', (worker, code, signal) => {
  const lived = Date.now() - (startedAt.get(worker.id) ?? 0);
  startedAt.delete(worker.id);
  if (stopping) {
    void finish();
    return;
  }
  console.error(`process ${worker.process.pid} ended (${signal ?? code}); starting another`);
  // One that dies at once would otherwise be started in a tight loop.
  setTimeout(() => void (stopping || startWorker()), lived > 5_000 ? 0 : 2_000);
});

const finish = async () => {
  if (Object.keys(cluster.workers ?? {}).length > 0) return;
  await embedded?.stop();
  process.exit(0);
};
const stop = () => {
  if (stopping) return;
  stopping = true;
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  void finish();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
console.log(`${processes} processes on port ${process.env.PORT || 3000}`);
