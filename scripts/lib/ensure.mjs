// What must be there before the server or the tests can run; each step does nothing when there is nothing to do.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePrismaClient } from '../prisma-generate.mjs';
import { hashFiles, listFiles, root } from './files.mjs';
import { setAside } from './older-assets.mjs';

const oldest = [20, 19];

/** Ends with a plain sentence when this Node.js is too old. */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(`This needs Node.js ${oldest.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages when what is installed is not what the lock file says. */
export async function ensurePackages() {
  if (installedMatchesLock()) return;
  await step('installing packages (npm ci)', () => {
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
    // Building needs the packages of development too, also where NODE_ENV=production would leave them out.
    run(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  });
}

function installedMatchesLock() {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const wanted = read('package-lock.json');
  const installed = read('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' ||
      installed[path]?.version === version ||
      (installed[path] === undefined && (optional || devOptional || peer)),
  );
}

/** Writes the Prisma client when the schema changed. */
export async function ensureGenerated() {
  await generatePrismaClient();
}

const builds = [
  { name: 'server', config: 'vite.server.config.ts', inputs: ['core', 'server', 'prisma'] },
  {
    name: 'verify',
    config: 'vite.verify.config.ts',
    inputs: [
      'core/domain/bundle',
      'core/domain/canonical.ts',
      'core/domain/digest.ts',
      'core/domain/linking.ts',
      'scripts/verify-bundle.ts',
    ],
  },
  { name: 'client', config: 'vite.config.ts', inputs: ['core', 'client', 'server/http/preloads.ts'] },
];

/**
 * Builds the server, the verifier of records and the browser's half, all at once, when their sources changed since the last build. The
 * server's half holds the Prisma client, the browser's does not and need not wait for it.
 */
export async function ensureBuilt({ force = false } = {}) {
  const isSource = (path) => !/\.test\.|\/testing\//.test(path);
  const due = builds
    .map(({ name, config, inputs }) => ({
      name,
      config,
      stamp: hashFiles([...listFiles(inputs, isSource), config, 'package-lock.json', 'tsconfig.json']),
      stampFile: join(root, `dist/${name}.stamp`),
    }))
    .filter(
      ({ stamp, stampFile }) => force || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp,
    );
  const generated = ensureGenerated();
  if (due.length === 0) return generated;
  return step(`building the ${due.map(({ name }) => name).join(' and the ')}`, () =>
    Promise.all(due.map((one) => (one.name === 'server' ? generated.then(() => build(one)) : build(one)))),
  );
}

async function build({ name, config, stamp, stampFile }) {
  const bringBack = name === 'client' ? setAside(join(root, 'dist/client')) : () => undefined;
  const args = ['node_modules/vite/bin/vite.js', 'build', '--config', config, '--logLevel', 'warn'];
  // What is built is what people use, whatever the environment calls itself.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  const [status] = await once(child, 'exit');
  if (status !== 0) fail(process.execPath, args);
  bringBack();
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Everything, in order. */
export async function ensureAll() {
  ensureNode();
  await ensurePackages();
  await ensureBuilt();
}

/** The settings in .env, for a process that is about to start. */
export function envFileArguments() {
  return existsSync(join(root, '.env')) ? [`--env-file=${join(root, '.env')}`] : [];
}

/** The settings in .env, for this process. What the environment has already stays. */
export function loadEnvFile() {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
}

async function step(title, work) {
  const started = Date.now();
  console.log(`· ${title} …`);
  await work();
  console.log(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(command, args, error);
}

function fail(command, args, error) {
  console.error(`failed: ${command} ${args.join(' ')}${error ? ` (${error.message})` : ''}`);
  process.exit(1);
}
