import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** A real Redis of one test's own, which it may empty, kill and bring back: Redis is only a hint. */
export type TestRedis = {
  readonly url: string;
  /** Its process: what it costs is measured there. */
  readonly pid: number;
  /** Ends it at once, as a crash would, with everything in it. */
  readonly kill: () => Promise<void>;
  /** Brings it back, empty, at the same address. */
  readonly restart: () => Promise<void>;
  /** Lets it hang: connections stay, nothing is answered. */
  readonly hang: () => void;
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/** Starts a redis-server that keeps nothing on disk. */
export async function testRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child = await start(port);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    kill,
    restart: async () => {
      await kill();
      child = await start(port);
    },
    hang: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    stop: kill,
  };
}

async function start(port: number): Promise<ChildProcess> {
  const options = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: 'ignore', cwd: '/tmp' });
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure = `it ended with ${code}`));
  const isUp = async () => {
    if (failure !== undefined) throw new Error(`redis-server did not start: ${failure}`);
    return await answers(port);
  };
  try {
    await until(`redis-server answers on port ${port}`, isUp);
    return child;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
