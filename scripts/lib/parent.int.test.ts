import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../server/testing/until.ts';

const DEADLINE_MS = 20_000;

let folder: string;
const started: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parent-'));
});
afterEach(async () => {
  // Each with the group that it leads: npm, its shell, and the program that outlives both.
  for (const { pid = 0 } of started.splice(0)) endGroup(pid);
  await rm(folder, { recursive: true });
});

/** npm start, in a project whose program is these lines. */
async function npmStart(lines: readonly string[]) {
  const parent = new URL('parent.mjs', import.meta.url).href;
  await writeFile(
    join(folder, 'program.mjs'),
    [`import { stopWithNpm } from '${parent}';`, ...lines].join('\n'),
  );
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node program.mjs' } }));
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    detached: true,
    env: { PATH: process.env['PATH'], HOME: folder, npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(npm);
  const told = { output: '', isOver: false };
  npm.stdout.on('data', (bytes: Buffer) => (told.output += bytes.toString()));
  // The last who can write here has ended.
  npm.stdout.on('end', () => (told.isOver = true));
  return { npm, told };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

describe('stopWithNpm', () => {
  it('lets the program finish what it does when npm, which started it, is told to end', async () => {
    const { npm, told } = await npmStart([
      'const working = setInterval(() => undefined, 1_000);',
      "stopWithNpm(() => { clearInterval(working); console.log('finished'); });",
      "console.log('at work');",
    ]);
    await until('the program works', () => told.output.includes('at work'), DEADLINE_MS);
    npm.kill('SIGTERM');
    await until('the program has ended', () => told.isOver, DEADLINE_MS);
    expect(told.output).toContain('finished');
  });

  it('keeps no program alive that has nothing more to do', async () => {
    const { npm, told } = await npmStart(["stopWithNpm(() => console.log('stopped'));"]);
    const [code] = await once(npm, 'exit');
    expect(code).toBe(0);
    expect(told.output).not.toContain('stopped');
  });
});
