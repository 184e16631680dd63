import { readFile } from 'node:fs/promises';
import { readScenarios, type Scenario } from '../core/domain/scenarios/scenario.ts';
import { Away, Refused } from './doors.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { rehearse } from './rehearse.ts';
import { printed, table } from './table.ts';

const CANNOT = 2;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const read = readOptions(args);
  if (typeof read === 'string') return say(`${read}\n\n${USAGE}`);
  const password = read.password ?? process.env['REHEARSE_PASSWORD'] ?? null;
  const options = { ...read, password };
  const scenarios = await readFileOf(options);
  if (typeof scenarios === 'string') return say(scenarios);
  for (const url of options.urls) {
    const missing = await whyAway(url);
    if (missing !== null) return say(missing);
  }
  try {
    const reports = await rehearse(scenarios, options, (note) => process.stderr.write(`  ${note}\n`));
    const text = options.json ? JSON.stringify(reports, null, 2) : `\n${reports.map(printed).join('\n\n')}`;
    process.stdout.write(`${text}\n`);
    return reports.every((report) => report.agrees) ? 0 : 1;
  } catch (error) {
    if (error instanceof Refused) return say(explain(error));
    if (error instanceof Away) return say(`${error.message}. It went away while the meeting was played.`);
    throw error;
  }
}

function say(message: string): number {
  process.stderr.write(`${message}\n`);
  return CANNOT;
}

async function readFileOf({ file, only }: Options): Promise<readonly Scenario[] | string> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  const read = readScenarios(json);
  if (!read.ok) {
    const rows = read.complaints.map(({ where, what }) => [where, what]);
    return `${file} is no scenario: ${rows.length} mistake(s)\n\n${table([['WHERE', 'WHAT'], ...rows])}`;
  }
  const chosen = read.scenarios.filter((scenario) => only === null || scenario.id === only);
  return chosen.length > 0 ? chosen : `${file} has no scenario "${only}"`;
}

async function whyAway(url: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/healthz`);
    if (answer.ok) return null;
    return `The server at ${url} is not well: it answers ${answer.status} to /healthz.`;
  } catch {
    return `No server answers at ${url}. Start one with "npm start", or say where it is with --url.`;
  }
}

function explain({ error, message }: Refused): string {
  return error.code === 'UNAUTHENTICATED'
    ? 'The administrator could not sign in. Give --login and --password (or REHEARSE_PASSWORD).'
    : `The server refused: ${message}`;
}
