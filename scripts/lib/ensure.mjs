// What must be there before the server or the tests can run; each step does nothing when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePrismaClient } from '../prisma-generate.mjs';
import { hashFiles, listFiles, root } from './files.mjs';

const oldest = [20, 19];

/** Ends with a plain sentence when this Node.js is too old. */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(`This needs Node.js ${oldest.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages when what is installed is not what the lock file says. */
export function ensurePackages() {
  if (installedMatchesLock()) return;
  step('installing packages (npm ci)', () => {
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
    run(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error']);
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
export function ensureGenerated() {
  generatePrismaClient();
}

const builds = [
  { name: 'server', config: 'vite.server.config.ts', inputs: ['core', 'server', 'prisma'] },
  { name: 'client', config: 'vite.config.ts', inputs: ['core', 'client'] },
];

/** Builds the server and the browser's half when their sources changed since the last build. */
export function ensureBuilt({ force = false } = {}) {
  for (const { name, config, inputs } of builds) {
    const isSource = (path) => !/\.test\.|\/testing\//.test(path);
    const stamp = hashFiles([...listFiles(inputs, isSource), config, 'package-lock.json', 'tsconfig.json']);
    const stampFile = join(root, `dist/${name}.stamp`);
    if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
    step(`building the ${name}`, () => {
      run(process.execPath, [
        'node_modules/vite/bin/vite.js',
        'build',
        '--config',
        config,
        '--logLevel',
        'warn',
      ]);
      mkdirSync(join(root, 'dist'), { recursive: true });
      writeFileSync(stampFile, stamp);
    });
  }
}

/** Everything, in order. */
export function ensureAll() {
  ensureNode();
  ensurePackages();
  ensureGenerated();
  ensureBuilt();
}

/** The settings in .env, for a process that is about to start. */
export function envFileArguments() {
  return existsSync(join(root, '.env')) ? [`--env-file=${join(root, '.env')}`] : [];
}

function step(title, work) {
  const started = Date.now();
  console.log(`· ${title} …`);
  work();
  console.log(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`failed: ${command} ${args.join(' ')}${error ? ` (${error.message})` : ''}`);
  process.exit(1);
}
