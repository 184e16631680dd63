import { parseArgs } from 'node:util';

/** How fast people go: 0 waits for nobody, 1 is the time of the agenda, 10 is ten times as fast. */
export type Pace = number;

/** What the command line asks for. */
export type Options = {
  readonly file: string;
  /** People are shared out over several servers of one cluster. */
  readonly urls: readonly string[];
  readonly pace: Pace;
  readonly login: string | null;
  readonly password: string | null;
  readonly studioId: string | null;
  readonly only: string | null;
  readonly json: boolean;
};

export const USAGE = `Usage: npm run rehearse -- FILE.json [options]

Plays a consultation from a file against a running server, with virtual people who use the same doors as
browsers, and compares what came out with what the file expects.

  --url URL         the server (default http://127.0.0.1:3000); given several times, people are shared out over
                    the processes of one cluster
  --pace PACE       fast (default), real (the minutes of the agenda), or ×N (N times as fast as real)
  --login NAME      an administrator's login (default: the demo's)
  --password WORD   its password; better in the environment as REHEARSE_PASSWORD (default: the demo's)
  --studio ID       the studio that holds the session (default: one where the administrator convenes)
  --only ID         only this scenario of a file with several
  --json            print the report as JSON

Ends with 0 when everything agrees, 1 on a difference, 2 when it could not be played.
`;

/** Reads the command line; a string is what is wrong with it. */
export function readOptions(args: readonly string[]): Options | string {
  const parsed = parse(args);
  if (typeof parsed === 'string') return parsed;
  const { values, positionals } = parsed;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) return 'exactly one file is needed';
  const pace = readPace(values.pace ?? 'fast');
  if (pace === null) return `"${values.pace}" is no pace: fast, real or ×N`;
  const urls = values.url ?? ['http://127.0.0.1:3000'];
  const wrong = urls.find((url) => !URL.canParse(url) || !/^https?:/.test(url));
  if (wrong !== undefined) return `"${wrong}" is no http address`;
  return {
    file,
    urls: urls.map((url) => new URL(url).origin),
    pace,
    login: values.login ?? null,
    password: values.password ?? null,
    studioId: values.studio ?? null,
    only: values.only ?? null,
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { ...text, multiple: true },
        pace: text,
        login: text,
        password: text,
        studio: text,
        only: text,
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readPace(word: string): Pace | null {
  if (word === 'fast') return 0;
  if (word === 'real') return 1;
  const times = Number(/^[×x]?(\d+(?:\.\d+)?)$/.exec(word)?.[1]);
  return Number.isFinite(times) && times > 0 ? times : null;
}
