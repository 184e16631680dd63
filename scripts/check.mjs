// npm run check: everything that can be judged without running the product. All checks run; then a table.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureGenerated } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';

const tool = (path) => [process.execPath, `node_modules/${path}`];
const checks = [
  ['types', [...tool('typescript/bin/tsc'), '--noEmit']],
  ['lint', [...tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']],
  ['format', [...tool('oxfmt/bin/oxfmt'), '--check']],
  ['unused', [...tool('knip/bin/knip.js'), '--no-progress']],
  ['size', [process.execPath, 'scripts/check-size.mjs']],
  ['arrows', [process.execPath, 'scripts/check-circles.mjs']],
  ['rules', [process.execPath, 'scripts/check-rules.mjs']],
  ['settings', [...tool('tsx/dist/cli.mjs'), 'scripts/env-example.ts', '--check']],
  ['generated', [...tool('tsx/dist/cli.mjs'), 'scripts/check-generated.ts', '--check']],
];

/** Runs the checks; what a check says is shown when it fails. */
export async function runChecks() {
  await ensureGenerated();
  // A check whose script is missing fails: Node.js does not find it.
  return checks.map(([name, [command, ...args]]) => {
    const started = Date.now();
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const passed = status === 0;
    if (!passed) console.error(`\n${stdout}${stderr}`);
    console.log(`${passed ? '✓' : '✗'} ${name.padEnd(10)} ${seconds} s`);
    return { name, passed };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failed = (await runChecks()).filter(({ passed }) => !passed);
  if (failed.length > 0) {
    console.error(`failed: ${failed.map(({ name }) => name).join(', ')}`);
    process.exit(1);
  }
}
