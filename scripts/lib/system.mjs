// Programs of the operating system that the tests need: a browser, nginx, Redis, and Chinese glyphs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const needs = [
  {
    name: 'chromium',
    present: () => existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'),
    why: 'end-to-end tests (or set CHROMIUM_PATH)',
  },
  {
    name: 'nginx',
    present: () => has('nginx') || existsSync('/usr/sbin/nginx'),
    why: 'tests with several processes behind one address',
  },
  { name: 'redis-server', present: () => has('redis-server'), why: 'tests with several processes' },
  {
    name: 'fonts-noto-cjk',
    present: () =>
      existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') ||
      (has('fc-list') && spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout.trim() !== ''),
    why: 'pictures with Chinese text',
  },
];

/** Installs what is missing where that is possible, else says exactly what to install and ends. */
export function ensureSystemPackages() {
  const missing = needs.filter(({ present }) => !present());
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    console.error('The tests need programs that are not installed:');
    for (const { name, why } of missing) console.error(`  ${name.padEnd(16)} for ${why}`);
    console.error(`On Debian or Ubuntu: sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`);
    process.exit(1);
  }
  console.log(`· installing ${names.join(', ')} …`);
  // In runlevel 1 Debian installs services without starting them: the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
  ]) {
    const { status, stdout, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status === 0) continue;
    console.error(`apt-get ${args.join(' ')} failed\n${stdout}\n${stderr}`);
    process.exit(1);
  }
}
