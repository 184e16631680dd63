import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, found upwards from this module, so that it is right in the source and in the bundle. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Files that travel with the program. */
export const paths = {
  schema: join(projectRoot, 'prisma/schema.prisma'),
  migrations: join(projectRoot, 'prisma/migrations'),
  client: join(projectRoot, 'dist/client'),
  verifier: join(projectRoot, 'dist/verify/verify.mjs'),
} as const;

/** The version that package.json names; shown by /healthz. */
export const version = readVersion();

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json was not found above the program');
  return findRoot(parent);
}

function readVersion(): string {
  const described: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  return typeof described === 'object' && described !== null && 'version' in described
    ? String(described.version)
    : 'unknown';
}
