import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../paths.ts';
import { until } from './until.ts';

/** The real program, in a process of its own. */
export type Program = {
  readonly url: string;
  /** What it has written so far. */
  readonly output: () => string;
  /** Ends it at once, as a crash would. */
  readonly kill: () => Promise<void>;
};

/** Starts it on a free port and waits until it is ready; env: what it is set to beside that. */
export async function startProgram(env: Record<string, string>): Promise<Program> {
  let output = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], PORT: '0', DEMO: 'false', DB_POOL_SIZE: '6', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  await until('the program is ready', () => output.includes('is ready') || child.exitCode !== null, 60_000);
  const url = /http:\S+/.exec(output)?.[0];
  if (url === undefined) throw new Error(output);
  return {
    url,
    output: () => output,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
