// Writes the Prisma client into server/db/generated when the schema has changed since the last time.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hashFiles, root } from './lib/files.mjs';

const output = 'server/db/generated';
const stampFile = `${root}/${output}/.stamp`;

/** Generates unless the stamp beside the output already names this schema and this version of Prisma. */
export async function generatePrismaClient({ force = false } = {}) {
  const stamp = hashFiles(['prisma/schema.prisma', 'node_modules/prisma/package.json']);
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  // Generating needs no engine, but looks for one and would download it: any executable satisfies the look.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  const args = [
    'node_modules/prisma/build/index.js',
    'generate',
    '--schema',
    'prisma/schema.prisma',
    '--no-hints',
  ];
  await promisify(execFile)(process.execPath, args, { cwd: root, env }).catch(({ stdout, stderr }) => {
    throw new Error(`prisma generate failed\n${stdout}\n${stderr}`);
  });
  mkdirSync(`${root}/${output}`, { recursive: true });
  writeFileSync(stampFile, stamp);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await generatePrismaClient({ force: process.argv.includes('--force') });
  console.log(made ? `wrote ${output}` : `${output} is up to date`);
}
