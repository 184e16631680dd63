import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Away, Refused } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { findCeiling } from './ceiling.ts';
import { chanceOf } from './chance.ts';
import { MOST_PEOPLE, readOptions, USAGE, type Options } from './options.ts';
import { play } from './play.ts';
import { jsonOf, printed, type Run } from './report.ts';
import { scheduleOf } from './schedule.ts';
import { openStage } from './stage.ts';
import { createTroupe } from './troupe.ts';
import { judge } from './verdict.ts';

const CANNOT = 2;
const told = (note: string) => void process.stderr.write(`  ${note}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const read = readOptions(args);
  if (typeof read === 'string') return say(`${read}\n\n${USAGE}`);
  const options = { ...read, password: read.password ?? process.env['LOAD_PASSWORD'] ?? null };
  try {
    const run = await load(options);
    process.stdout.write(`\n${printed(run)}\n`);
    if (options.json !== null) await writeFile(options.json, `${JSON.stringify(jsonOf(run), null, 2)}\n`);
    return run.verdict.broken.length === 0 && run.verdict.caughtUpMs !== null ? 0 : 1;
  } catch (error) {
    if (error instanceof Refused) return say(explain(error));
    if (error instanceof Away)
      return say(`${error.message}. Start one with "npm start", or say where with --url.`);
    return say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

async function load(options: Options): Promise<Run> {
  const { urls, people, seed, rates, minutes } = options;
  const stage = await openStage({
    credentials: { ...options, manners: { patienceMs: 20_000 } },
    editors: options.editors,
    people: options.ceiling === null ? people : MOST_PEOPLE,
    told,
  });
  told(`a test session of its own is open: ${urls[0]}/sessions/${stage.sessionId} (seed ${seed})`);
  const troupe = createTroupe({ stage, doors: urls, manners: { attemptMs: 20_000 }, told });
  const end = async () => {
    troupe.leave();
    // After a run that broke off a poll may still be open; then the session stays open too, and says so.
    await command(stage.chair, stage.sessionId, { type: 'closeSession' }, randomUUID()).catch(
      (error: unknown) => told(`the test session stays open: ${String(error)}`),
    );
    await stage.leave();
  };
  const ignore = onInterrupt(end);
  try {
    await troupe.admit(people, options.joinSeconds);
    await troupe.openText();
    told(`${troupe.people.length} people are in`);
    const editors = troupe.pens.length;
    const hall = { seed, people, editors, lengthMs: minutes * 60_000, rates };
    const steps = await findCeiling(troupe, { ...options, editors }, told);
    if (options.ceiling === null) await play(troupe, scheduleOf(hall), chanceOf(seed));
    told('it is quiet: what everybody was told is compared with what there is');
    const verdict = await judge(troupe, urls[0] ?? '');
    return {
      options,
      sessionId: stage.sessionId,
      figures: troupe.figures(),
      people: troupe.people,
      steps,
      verdict,
    };
  } finally {
    ignore();
    await end();
  }
}

/** Whoever stops the program in the middle leaves no accounts behind that work. Returns what takes that back. */
function onInterrupt(end: () => Promise<void>): () => void {
  const handle = () => {
    told('stopping: the test accounts are disabled');
    void end()
      .catch((error: unknown) => told(String(error)))
      .finally(() => process.exit(CANNOT));
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

function say(message: string): number {
  process.stderr.write(`${message}\n`);
  return CANNOT;
}

function explain({ error, message }: Refused): string {
  return error.code === 'UNAUTHENTICATED'
    ? 'The administrator or convener could not sign in. Give --login and --password (or LOAD_PASSWORD).'
    : `The server refused: ${message}`;
}
