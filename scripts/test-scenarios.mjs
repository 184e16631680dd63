// npm run test:scenarios: all seven meetings of the demo, each by all its people in real browsers on two processes.
import { spawnSync } from 'node:child_process';
import { ensureAll } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

await ensureAll();
ensureSystemPackages();
const args = ['node_modules/@playwright/test/cli.js', 'test', '--project=longest', ...process.argv.slice(2)];
const env = { ...process.env, SCENARIOS: 'all' };
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
process.exit(status ?? 1);
