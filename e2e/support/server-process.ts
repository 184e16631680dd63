import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/paths.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { until } from '../../server/testing/until.ts';

/** One real process of the built server, at an address that stays the same over restarts. */
export type ServerProcess = {
  readonly url: string;
  /** Ends it at once, as a crash would. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop, and waits until it has: the code with which it ended, null when it did not run. */
  readonly stop: () => Promise<number | null>;
  /** Starts it again; resolves when it is ready. Throws while it runs: two would quarrel over one address. */
  readonly start: () => Promise<void>;
  /** Holds it where it is, as a pause of the machine would, and lets it go on. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** null while it does not run. */
  readonly pid: () => number | null;
  /** How often it ended although nobody asked it to. */
  readonly crashes: () => number;
  /** What it wrote, for a test that failed. */
  readonly output: () => string;
};

export type ServerSetting = {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** The address that people type, when nginx stands in front. */
  readonly publicUrl?: string;
};

const BUNDLE = join(projectRoot, 'dist/server/main.js');
/** One key for all processes of a run: a link made by one opens at the other. */
export const SECRET_KEY = 'e2e-secret-key-of-at-least-32-characters';
/** Opens /metrics: a test may ask how much memory a process takes. */
export const METRICS_TOKEN = 'e2e-metrics-token';
const READY_MS = 60_000;
const KEPT_OUTPUT = 100_000;

/** Starts a server on a free port and waits until it is ready. */
export async function startProcess(setting: ServerSetting): Promise<ServerProcess> {
  if (!existsSync(BUNDLE)) throw new Error('the server is not built: npm run build');
  const dataDir = await mkdtemp(join(tmpdir(), 'e2e-data-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let said = '';
  let crashes = 0;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return null;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
    return running.exitCode;
  };
  const start = async () => {
    if (child !== null && child.exitCode === null && child.signalCode === null)
      throw new Error(`the server at ${url} runs already`);
    const started = spawn(process.execPath, ['--enable-source-maps', BUNDLE], {
      cwd: projectRoot,
      env: environmentOf(setting, { port, dataDir }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.once('exit', () => {
      if (child === started) crashes += 1;
    });
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(-KEPT_OUTPUT);
    };
    started.stdout.on('data', hear);
    started.stderr.on('data', hear);
    await until(
      `the server at ${url} is ready`,
      async () => {
        if (started.exitCode !== null) throw new Error(`the server ended with ${started.exitCode}:\n${said}`);
        return await isReady(url);
      },
      READY_MS,
    );
  };
  await start();
  return {
    url,
    kill: async () => void (await end('SIGKILL')),
    stop: async () => {
      const code = await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
      return code;
    },
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    pid: () => child?.pid ?? null,
    crashes: () => crashes,
    output: () => said,
  };
}

function environmentOf(setting: ServerSetting, { port, dataDir }: { port: number; dataDir: string }) {
  const own = Object.fromEntries(['PATH', 'HOME', 'LANG', 'TMPDIR'].map((name) => [name, process.env[name]]));
  return {
    ...own,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: setting.databaseUrl,
    ...(setting.publicUrl === undefined ? {} : { PUBLIC_URL: setting.publicUrl, TRUST_PROXY: 'loopback' }),
    ...(setting.redisUrl === null ? {} : { REDIS_URL: setting.redisUrl }),
    DB_POOL_SIZE: '8',
    DEMO: '1',
    // Nobody waits for others in a test.
    BALLOT_JITTER_SECONDS: '0',
    SECRET_KEY,
    METRICS_TOKEN,
    LOG_LEVEL: 'warn',
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
