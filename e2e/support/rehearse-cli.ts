import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type Ended } from './cli.ts';

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
    return await runTool('rehearsal/main.ts', [file, ...args], told);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
