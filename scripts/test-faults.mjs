// npm run test:faults: two real processes under one misfortune after the other. Builds what is missing first.
import { spawnSync } from 'node:child_process';
import { ensureAll } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

await ensureAll();
ensureSystemPackages();
const args = ['node_modules/tsx/dist/cli.mjs', 'faults/main.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
