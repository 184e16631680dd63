// npm test: every check and every test, in the order in which they are cheapest to fail, and one line each at the end.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureGenerated, ensureNode, ensurePackages } from './lib/ensure.mjs';
import { listFiles, root } from './lib/files.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

ensureNode();
await ensurePackages();
await ensureGenerated();
ensureSystemPackages();

const { runChecks } = await import('./check.mjs');
const results = [];
const REASON_LINES = 16;
mkdirSync(join(root, 'test-results'), { recursive: true });

/**
 * Runs a test runner that writes a report, and counts from the report; without one, the runner itself failed.
 * What runs beside another is heard of when it has ended.
 */
async function run(name, args, report, count, { isBeside = false, env = {} } = {}) {
  if (!isBeside) console.log(`\n── ${name}`);
  const file = join(root, report);
  rmSync(file, { force: true });
  const started = Date.now();
  const stdio = isBeside ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const runner = spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...env } });
  // As it comes, so that one can see how far it got when all of it never ends.
  const log = join(root, `test-results/${name}.log`);
  if (isBeside) writeFileSync(log, '');
  runner.stdout?.on('data', (piece) => appendFileSync(log, piece));
  runner.stderr?.on('data', (piece) => appendFileSync(log, piece));
  const [status] = await once(runner, 'close');
  if (isBeside) console.log(`\n── ${name}\n${readFileSync(log, 'utf8')}`);
  const counts = countsIn(file, count);
  // Green tests beside a red exit are not green: an error outside of any test, a broken hook.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  results.push({ name, ...counts, seconds: (Date.now() - started) / 1000 });
}

/** What a report counts; a runner that left none, or half of one, has failed. */
function countsIn(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, reasons: [`✘ no report: ${file}`] };
  }
}

/** What went wrong, in a few lines: the end of a long log is all that is kept of it in some places. */
function reasonOf(title, message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [`✘ ${title}`, ...lines.slice(0, REASON_LINES).map((line) => `    ${line.slice(0, 160)}`)].join(
    '\n',
  );
}

function failuresOf({ suites = [], specs = [] }) {
  const failed = specs.filter(({ ok }) => !ok);
  const own = failed.flatMap(({ title, file, tests }) =>
    tests.flatMap(({ results: runs }) =>
      runs
        .filter(({ errors }) => errors.length > 0)
        .map(({ errors }) =>
          reasonOf(`${file}: ${title}`, `${errors[0].message}\n${errors[0].snippet ?? ''}`),
        ),
    ),
  );
  return [...own, ...suites.flatMap(failuresOf)];
}

async function vitest(project, { isBeside, more = [] }) {
  const report = `test-results/${project}.json`;
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  await run(
    project,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...more, ...reporters],
    report,
    ({ numPassedTests, numFailedTests, numFailedTestSuites, success, testResults }) => ({
      passed: numPassedTests,
      failed: numFailedTests || (success ? 0 : numFailedTestSuites),
      reasons: testResults.flatMap(({ name, status, message, assertionResults }) => {
        const failed = assertionResults.filter((one) => one.status === 'failed');
        // A file that could not be prepared has no test that failed.
        if (status === 'failed' && failed.length === 0) return [reasonOf(name, message)];
        return failed.map(({ fullName, failureMessages }) => reasonOf(fullName, failureMessages[0]));
      }),
    }),
    { isBeside },
  );
}

/** Journeys of Playwright, with a report and a folder of their own: a run empties its folder first. */
async function browsers(name, projects) {
  const report = `test-results/${name}.json`;
  await run(
    name,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      ...projects,
      '--reporter=list,json',
      `--output=test-results/${name}`,
    ],
    report,
    ({ stats, suites }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      reasons: suites.flatMap(failuresOf),
    }),
    { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, report) } },
  );
}

console.log('── checks');
const started = Date.now();
const checks = await runChecks();
const good = checks.filter(({ passed }) => passed).length;
results.push({
  name: 'checks',
  passed: good,
  failed: checks.length - good,
  seconds: (Date.now() - started) / 1000,
});

// One computes, the other waits for databases most of the time: side by side they keep both cores busy.
await Promise.all([
  vitest('unit', { isBeside: true, more: ['--maxWorkers=1'] }),
  vitest('int', { isBeside: false }),
]);
console.log('\n── build');
const buildStarted = Date.now();
const built =
  spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status === 0;
results.push({
  name: 'build',
  passed: built ? 1 : 0,
  failed: built ? 0 : 1,
  seconds: (Date.now() - buildStarted) / 1000,
});

const hasJourneys = listFiles(['e2e'], (path) => path.endsWith('.spec.ts')).length > 0;
if (built && hasJourneys) await browsers('journeys', ['--project=longest', '--project=journeys']);
// What kills and cuts waits for what comes back, most of the time: in browsers and without them side by side.
if (built)
  await Promise.all([
    run(
      'faults',
      ['node_modules/tsx/dist/cli.mjs', 'faults/main.ts', '--json', 'test-results/faults.json'],
      'test-results/faults.json',
      ({ passed, failed }) => ({ passed, failed }),
      { isBeside: true },
    ),
    ...(hasJourneys ? [browsers('cuts', ['--project=faults', '--no-deps'])] : []),
  ]);

for (const { name, reasons = [] } of results)
  if (reasons.length > 0) console.log(`\n── what failed in ${name}\n${reasons.join('\n')}`);
console.log('\n');
for (const { name, passed, failed, seconds } of results)
  console.log(
    `${name.padEnd(8)} ${String(passed).padStart(6)} passed ${String(failed).padStart(5)} failed ${seconds.toFixed(1).padStart(8)} s`,
  );
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 ? 0 : 1);
