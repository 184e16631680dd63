import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Rates } from './schedule.ts';

/** What the command line asks for. */
export type Options = {
  readonly urls: readonly string[];
  readonly people: number;
  readonly minutes: number;
  readonly editors: number;
  readonly joinSeconds: number;
  readonly rates: Rates;
  readonly seed: number;
  readonly login: string | null;
  readonly password: string | null;
  readonly studioId: string | null;
  readonly json: string | null;
  /** Raise the number of people until one of these is passed. */
  readonly ceiling: { readonly ackMs: number; readonly seenMs: number } | null;
};

export const USAGE = `Usage: npm run load -- [options]

Fills a room with virtual people to see what a server holds: they join by link, read, post views, vote, ask for the
floor and write the text. It makes a TEST SESSION of its own, titled 【压力测试】, which stays on the server,
archived; it cannot be pointed at any other. Do not run it while people meet on the same server.

  --url URL            the server (default http://127.0.0.1:3000); several times for several processes
  --people N           how many people come in (default 100; with --find-ceiling, how many to begin with)
  --minutes M          how long they stay (default 1)
  --join-seconds S     how long it takes until all are in (default: a hundred people a second)
  --views N            views a person posts a minute (default 1)
  --reads N            times a person reads the room anew a minute (default 0.5)
  --floors N           times a person asks for the floor, or withdraws, a minute (default 0.2)
  --polls N            polls a minute (default 1)
  --editors N          people who write the text (default 5; needs a login that may make accounts)
  --edits N            paragraphs an editor adds a minute (default 20)
  --find-ceiling       add people until it becomes too slow, and print how many it held
  --ack-ms MS          too slow: 95 of 100 acknowledgements take longer (default 500)
  --seen-ms MS         too slow: 95 of 100 people see a view later (default 1000)
  --login NAME         an administrator or convener (default: the demo's administrator)
  --password WORD      their password; better in the environment as LOAD_PASSWORD (default: the demo's)
  --studio ID          the studio of the session (default: one where they convene)
  --seed N             do the same again (default: by chance; it is printed)
  --json FILE          write the figures as JSON as well

Ends with 0 when every promise was kept, 1 when one was broken, 2 when it could not be run.
`;

/** Reads the command line; a string is what is wrong with it. */
export function readOptions(args: readonly string[]): Options | string {
  const parsed = parse(args);
  if (typeof parsed === 'string') return parsed;
  const wrong: string[] = [];
  const number = (name: NumberName, fallback: number, low: number, high: number): number => {
    const text = parsed[name];
    const value = text === undefined ? fallback : Number(text);
    if (!Number.isFinite(value) || value < low || value > high)
      wrong.push(`--${name} must be a number from ${low} to ${high}, not ${text}`);
    return value;
  };
  const urls = parsed.url ?? ['http://127.0.0.1:3000'];
  for (const url of urls)
    if (!URL.canParse(url) || !/^https?:/.test(url)) wrong.push(`"${url}" is no http address`);
  const people = Math.round(number('people', parsed['find-ceiling'] === true ? 50 : 100, 1, MOST_PEOPLE));
  const options: Options = {
    urls: wrong.length > 0 ? urls : urls.map((url) => new URL(url).origin),
    people,
    minutes: number('minutes', 1, 0.05, 600),
    editors: Math.round(number('editors', 5, 0, 100)),
    joinSeconds: number('join-seconds', people / 100, 0, 3_600),
    rates: {
      views: number('views', 1, 0, 120),
      reads: number('reads', 0.5, 0, 120),
      floors: number('floors', 0.2, 0, 120),
      polls: number('polls', 1, 0, 60),
      edits: number('edits', 20, 0, 600),
    },
    seed: Math.round(number('seed', randomInt(2 ** 31), 0, 2 ** 32 - 1)),
    login: parsed.login ?? null,
    password: parsed.password ?? null,
    studioId: parsed.studio ?? null,
    json: parsed.json ?? null,
    ceiling:
      parsed['find-ceiling'] === true
        ? { ackMs: number('ack-ms', 500, 1, 60_000), seenMs: number('seen-ms', 1_000, 1, 60_000) }
        : null,
  };
  return wrong.length > 0 ? wrong.join('\n') : options;
}

/** As many as one session takes. */
export const MOST_PEOPLE = 5_000;

const NUMBERS = [
  'people',
  'minutes',
  'join-seconds',
  'views',
  'reads',
  'floors',
  'polls',
  'editors',
  'edits',
  'ack-ms',
  'seen-ms',
  'seed',
] as const;
type NumberName = (typeof NUMBERS)[number];

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { ...text, multiple: true },
        people: text,
        minutes: text,
        'join-seconds': text,
        views: text,
        reads: text,
        floors: text,
        polls: text,
        editors: text,
        edits: text,
        'ack-ms': text,
        'seen-ms': text,
        seed: text,
        login: text,
        password: text,
        studio: text,
        json: text,
        'find-ceiling': { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
