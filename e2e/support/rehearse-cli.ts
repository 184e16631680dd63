import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/paths.ts';

/** How a command ended and what it said. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `npm run rehearse` as a person would, on a file of their own. */
export async function rehearseFile(
  json: unknown,
  args: readonly string[],
  told: (text: string) => void = () => undefined,
): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'rehearse-'));
  const file = join(folder, 'meeting.json');
  await writeFile(file, typeof json === 'string' ? json : JSON.stringify(json));
  try {
    return await run([file, ...args], told);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], told: (text: string) => void): Promise<Ended> {
  const tsx = join(projectRoot, 'node_modules/tsx/dist/cli.mjs');
  const child = spawn(process.execPath, [tsx, join(projectRoot, 'rehearsal/main.ts'), ...args], {
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
