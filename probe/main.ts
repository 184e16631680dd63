import { writeFile } from 'node:fs/promises';
import { Away, Refused } from '../rehearsal/doors.ts';
import { SAME } from './health.ts';
import { within } from '../rehearsal/within.ts';
import { openBook, printed, type Book } from './book.ts';
import { readOptions, USAGE, type Options, type ThreatNumber } from './options.ts';
import { openWorld, type World } from './world.ts';
import { foreignOrigins } from './t01-origins.ts';
import { cutOff } from './t04-cut.ts';
import { rightsByPayload } from './t05-payload.ts';
import { wholeMatrix } from './t07-matrix.ts';
import { mixedObjects } from './t08-objects.ts';
import { sideDoors } from './t09-side-doors.ts';
import { leaks } from './t10-leaks.ts';
import { votedTwice } from './t11-twice.ts';
import { closeRace } from './t12-close-race.ts';
import { malformed } from './t13-malformed.ts';
import { linking } from './t14-linking.ts';
import { frozenRules } from './t15-frozen.ts';
import { undonePolls } from './t16-undone.ts';
import { forOthers } from './t17-others.ts';
import { rawText } from './t19-raw-text.ts';
import { uploads } from './t21-uploads.ts';
import { strayPaths } from './t22-paths.ts';
import { wrongShapes } from './t25-shapes.ts';
import { smallPackets } from './t26-packets.ts';
import { oversize } from './t27-oversize.ts';
import { floods } from './t28-floods.ts';
import { afterTheSeal } from './t30-sealed.ts';

/** What a check leaves going on is ended, and judged, when everything is over. */
type Check = (world: World) => Promise<void | (() => void)>;

const CHECKS: Readonly<Record<ThreatNumber, Check>> = {
  T01: foreignOrigins,
  T05: rightsByPayload,
  T07: wholeMatrix,
  T08: mixedObjects,
  T09: sideDoors,
  T04: cutOff,
  T10: leaks,
  T11: votedTwice,
  T13: malformed,
  T14: linking,
  T15: frozenRules,
  T16: undonePolls,
  T17: forOthers,
  T19: rawText,
  T21: uploads,
  T22: strayPaths,
  T25: wrongShapes,
  T30: afterTheSeal,
  T12: closeRace,
  T26: smallPackets,
  T27: oversize,
  T28: floods,
};

const CANNOT = 2;
/** Longer than any check takes on a busy machine. */
const LONGEST_MS = 180_000;

// Whatever a failed check left open would keep the process alive.
process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const read = readOptions(args);
  if (typeof read === 'string') return say(`${read}\n\n${USAGE}`);
  const options = { ...read, password: read.password ?? process.env['PROBE_PASSWORD'] ?? null };
  const book = openBook((line) => process.stdout.write(`${printed(line)}\n`));
  try {
    await runAll(options, book);
  } catch (error) {
    if (error instanceof Refused) return say(`The server refused: ${error.message}`);
    if (error instanceof Away) return say(error.message);
    return say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    if (options.json !== null) await writeFile(options.json, `${JSON.stringify(book.lines, null, 2)}\n`);
  }
  const failed = book.lines.filter((line) => !line.passed).length;
  process.stdout.write(`\n${book.lines.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function runAll(options: Options, book: Book): Promise<void> {
  const world = await openWorld(options, book);
  const leave = () =>
    world.leave().catch((error: unknown) => void say(`accounts stay enabled: ${String(error)}`));
  const handle = () => void leave().finally(() => process.exit(CANNOT));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, handle);
  try {
    await checkAll(world, options, book);
  } finally {
    await leave();
  }
}

async function checkAll(world: World, options: Options, book: Book): Promise<void> {
  const ends: (() => void)[] = [];
  for (const number of options.only) {
    const started = performance.now();
    try {
      const end = await within(LONGEST_MS, `for ${number} to end`, CHECKS[number](world));
      if (typeof end === 'function') ends.push(end);
    } catch (error) {
      // What it was about to try cannot be said any more; the others can.
      book.judged(number, 'everything that comes after this', {
        wanted: 'tried',
        came: String(error),
        passed: false,
      });
    }
    book.same(number, 'who answers /healthz afterwards', SAME, await world.health.trouble());
    book.told(number, 'seconds', ((performance.now() - started) / 1_000).toFixed(1));
  }
  for (const end of ends) end();
}

function say(message: string): number {
  process.stderr.write(`${message}\n`);
  return CANNOT;
}
