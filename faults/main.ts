import { writeFile } from 'node:fs/promises';
import { cameTrue } from '../server/testing/until.ts';
import { table } from '../rehearsal/table.ts';
import { BOX_KILL, runBoxKill } from './box-kill.ts';
import { CALM, CATALOGUE } from './catalogue.ts';
import { runLie } from './lies.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { isBack, resourcesOf, type Held, type Resources } from './resources.ts';
import { runSealKill, SEAL_KILL } from './seal-kill.ts';
import { runFault, type Outcome, type Setting } from './run.ts';
import { TEXT_CATALOGUE } from './text-catalogue.ts';
import { runTextFault } from './text-run.ts';
import { openTextWorld } from './text-world.ts';
import { runVoteRace, VOTE_RACE } from './vote-race.ts';
import { openWorld, type World } from './world.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);
const LIES = ['drops every 50th write', 'applies retries twice'] as const;
/** Everything is back within two minutes; in the short form what does not take so long: a pool lets go after half a one. */
const IDLE_MS = { short: 15_000, long: 120_000 } as const;
/** As many as the pools of two processes may hold. */
const MOST_BACKENDS = 16;

// By itself Node.js may wait without end for what is left of a process that was struck down.
process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const options = readOptions(args);
  if (typeof options === 'string') {
    say(`${options}\n\n${USAGE}`);
    return 2;
  }
  say(`seed ${options.seed}${options.isLong ? ', long form' : ''}`);
  const world = await openWorld(options.seed);
  try {
    const outcomes = await runAll(world, options);
    const failed = outcomes.filter(({ broken }) => broken.length > 0);
    process.stdout.write(
      `\n${printed(outcomes)}\n${outcomes.length - failed.length} passed, ${failed.length} failed (seed ${options.seed})\n`,
    );
    const report = {
      seed: options.seed,
      passed: outcomes.length - failed.length,
      failed: failed.length,
      outcomes,
    };
    if (options.json !== null) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await world.close();
  }
}

async function runAll(world: World, { isLong, seed, only }: Options): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const setting = (n: number): Setting => ({ world, doors: world.doors, seed: seed + n, isLong });
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    const { name, ok, again, seconds, notes, broken } = outcome;
    say(
      `  ${broken.length === 0 ? '✓' : '✗'} ${name}: ${ok} acknowledged, ${again} tried again, ${seconds.toFixed(1)} s`,
    );
    for (const what of notes) say(`      ${what}`);
    for (const what of broken.slice(0, 10)) say(`      ${what}`);
  };
  const began = performance.now();
  const wanted = (name: string) => only === null || name.includes(only);
  const before = await resourcesOf(world);
  let warm: Resources | null = null;
  for (const [n, lie] of LIES.entries()) if (wanted(lie)) note(await runLie(lie, setting(n)));
  for (const [n, fault] of CATALOGUE.entries()) {
    const times = isLong ? fault.times.long : fault.times.short;
    for (let time = 0; time < times && wanted(fault.name); time += 1)
      note(await runFault(fault, setting(100 * (n + 1) + time)));
    if (isLong && fault === CALM) warm = await resourcesOf(world);
  }
  if (wanted(VOTE_RACE)) note(await runVoteRace(setting(50)));
  if (wanted(BOX_KILL)) note(await runBoxKill(setting(60)));
  if (wanted(SEAL_KILL)) note(await runSealKill(setting(70)));
  await runTexts(world, { isLong, seed, only }, note);
  if (before !== null) note(await leftBehind(world, { before, warm, isLong }));
  say(`in ${Math.round((performance.now() - began) / 1_000)} s`);
  return outcomes;
}

/** What befalls texts, in processes of their own, which are started only for it. */
async function runTexts(
  world: World,
  { isLong, seed, only }: Pick<Options, 'isLong' | 'seed' | 'only'>,
  note: (outcome: Outcome) => void,
): Promise<void> {
  const wanted = TEXT_CATALOGUE.filter(({ name }) => only === null || name.includes(only));
  if (wanted.length === 0) return;
  const texts = await openTextWorld(world);
  try {
    for (const fault of wanted) {
      const first = seed + 100 * (CATALOGUE.length + 1 + TEXT_CATALOGUE.indexOf(fault));
      // What is only part of the long form happens once, and for less long, to whoever asks for nothing else.
      const short = only === null || wanted.length > 1 ? fault.times.short : Math.max(1, fault.times.short);
      const times = isLong ? fault.times.long : short;
      for (let time = 0; time < times; time += 1)
        note(await runTextFault(fault, { world, texts, seed: first + time, isLong }));
    }
  } finally {
    await texts.close();
  }
}

type Compared = { readonly before: Resources; readonly warm: Resources | null; readonly isLong: boolean };

/**
 * When everybody has left, so have their sockets and what they had of the pool: to within a tenth in the long form,
 * their memory too. What is compared is what is held at one moment, all of it.
 */
async function leftBehind(world: World, { before, warm, isLong }: Compared): Promise<Outcome> {
  const began = performance.now();
  // Our own connections are kept open for whoever asks again; the doors let go of them.
  for (const { doorWire } of world.nodes) {
    doorWire.cut();
    doorWire.heal();
  }
  let now = before;
  const isQuiet = async () => {
    // What is gone holds nothing.
    if (lastWords(world).length > 0) return true;
    now = (await resourcesOf(world)) ?? before;
    const hasPool = isLong ? isBack(now.backends, before.backends, 1) : now.backends <= MOST_BACKENDS;
    const isLight = ({ rssMb }: Held, n: number) => isBack(rssMb, warm?.processes[n]?.rssMb ?? rssMb, 0);
    return (
      now.busy === 0 &&
      hasPool &&
      isBack(othersThan(now), othersThan(before), 1) &&
      now.processes.every(isLight)
    );
  };
  const isBackNow = await cameTrue(IDLE_MS[isLong ? 'long' : 'short'], isQuiet);
  const held = JSON.stringify({ before, warm: warm?.processes, after: now });
  const broken = [...lastWords(world), ...(isBackNow ? [] : [held])];
  const notes = broken.length === 0 ? [held] : [];
  const seconds = (performance.now() - began) / 1_000;
  const counts = { ok: 0, refused: 0, unknown: 0, again: 0 };
  return { name: 'everything is given back', seed: 0, ...counts, caughtUpMs: 0, seconds, notes, broken };
}

/** Of processes that ended by themselves, whenever: what they said at the end. */
function lastWords({ nodes }: World): readonly string[] {
  const ended = nodes.filter(({ process }) => process.crashes() > 0);
  return ended.map(({ process }) => `a process ended by itself: ${process.output().slice(-3_000)}`);
}

/** Sockets of both processes that do not lead to PostgreSQL, whose pool may be larger or smaller at any time. */
function othersThan({ processes, backends }: Resources): number {
  return processes.reduce((sum, { sockets }) => sum + sockets, 0) - backends;
}

function printed(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, seed, ok, refused, unknown, again, caughtUpMs, seconds, broken }) => [
    broken.length === 0 ? '✓' : '✗',
    name,
    ...[ok, refused, unknown, again].map(String),
    caughtUpMs === null ? 'never' : `${Math.round(caughtUpMs)} ms`,
    `${seconds.toFixed(1)} s`,
    String(seed),
  ]);
  return table([
    ['', 'WHAT HAPPENS', 'DONE', 'REFUSED', 'UNKNOWN', 'AGAIN', 'CAUGHT UP', 'TOOK', 'SEED'],
    ...rows,
  ]);
}
