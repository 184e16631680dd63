import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from '../server/testing/free-port.ts';
import { until } from '../server/testing/until.ts';
import { onCore } from './core.ts';
import { countEnded } from './peer.ts';

/** Opens /metrics. */
export const METRICS_TOKEN = 'a token of the bench, and of nothing else';
/** A first start makes a database and the demo. */
const START_MS = 60_000;

/** One process of the product as it is shipped; it keeps its address when it is started again. */
export type Server = {
  readonly url: string;
  readonly pid: () => number;
  readonly hasEnded: () => boolean;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** core: the one it stays on, or null. */
export async function startServer(
  env: Readonly<Record<string, string>>,
  core: number | null = null,
): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort()}`;
  let child = await start(url, env, core);
  return {
    url,
    pid: () => child.pid ?? 0,
    hasEnded: () => countEnded([child]) > 0,
    kill: () => ended(child, 'SIGKILL'),
    start: async () => {
      child = await start(url, env, core);
    },
    stop: () => ended(child, 'SIGTERM'),
  };
}

async function start(
  url: string,
  env: Readonly<Record<string, string>>,
  core: number | null,
): Promise<ChildProcess> {
  const { command, args } = onCore(core, process.execPath, ['dist/server/main.js']);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: new URL(url).port, DEMO: 'true', LOG_LEVEL: 'error', METRICS_TOKEN, ...env },
  });
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    return (await fetch(`${url}/readyz`).catch(() => null))?.ok === true;
  };
  await until('the server is ready', isReady, START_MS);
  return child;
}

async function ended(server: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (countEnded([server]) > 0) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await gone;
}
