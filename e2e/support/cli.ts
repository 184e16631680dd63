import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../server/paths.ts';

/** How a command ended and what it said. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a command line tool of the project as a person would; told hears its second channel as it grows. */
export function runTool(
  file: string,
  args: readonly string[],
  told: (text: string) => void = () => undefined,
): Promise<Ended> {
  const tsx = join(projectRoot, 'node_modules/tsx/dist/cli.mjs');
  const child = spawn(process.execPath, [tsx, join(projectRoot, file), ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8');
    told(said.err);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
