// Where the project lies, which files it has, and what they amount to: shared by the scripts.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where code of ours stands. */
export const codeFolders = [
  'core',
  'server',
  'client',
  'prisma',
  'e2e',
  'bench',
  'rehearsal',
  'load',
  'faults',
  'probe',
  'scripts',
];

const skipped = new Set(['node_modules', 'dist', 'data', 'generated', 'migrations', '.git', 'test-results']);

/** Every file under the given folders or files, relative to the root, in a stable order. */
export function listFiles(paths, keep = () => true) {
  const found = [];
  const walk = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (!statSync(full).isDirectory()) {
      if (keep(path)) found.push(path);
      return;
    }
    for (const entry of readdirSync(full).toSorted()) if (!skipped.has(entry)) walk(`${path}/${entry}`);
  };
  for (const path of paths) walk(path);
  return found.toSorted((a, b) => (a < b ? -1 : 1));
}

/** One hash over names and contents: equal means nothing to do again. */
export function hashFiles(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const full = join(root, path);
    hash.update(`${relative(root, full)}\0`);
    hash.update(existsSync(full) ? readFileSync(full) : 'absent');
    hash.update('\0');
  }
  return hash.digest('hex');
}
