import { parseArgs } from 'node:util';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../prisma/seed/demo.ts';

/** The numbered threats of the threat model that are tried, in the order in which they are. */
export const NUMBERS = [
  'T01',
  'T05',
  'T07',
  'T08',
  'T09',
  'T04',
  'T10',
  'T11',
  'T13',
  'T14',
  'T15',
  'T16',
  'T17',
  'T19',
  'T21',
  'T22',
  'T25',
  'T30',
  'T12',
  'T26',
  'T27',
  'T28',
] as const;
export type ThreatNumber = (typeof NUMBERS)[number];
/** Those that load the server: never against somebody else's. */
const LOADS: readonly ThreatNumber[] = ['T12', 'T27', 'T28'];

/** What the command line asks for. */
export type Options = {
  /** Several addresses are several processes of one installation. */
  readonly urls: readonly string[];
  readonly login: string;
  readonly password: string | null;
  /** An account of the office without the administrator's rights; its column is left out without one. */
  readonly staffLogin: string | null;
  readonly only: readonly ThreatNumber[];
  readonly json: string | null;
  /** Opens /metrics, for the memory of the server. */
  readonly metricsToken: string | null;
};

export const USAGE = `Usage: npm run probe -- [options]

Tries from outside what somebody who wishes the meeting ill would try, and says of each try what was sent, what came and
whether that is right. It makes sessions and people of its own and touches no others. It needs an address and accounts.

  --url URL            the server (default http://127.0.0.1:3000); given several times, the processes of one installation
  --admin LOGIN        an administrator's login (default: the demo's)
  --password WORD      its password; better in the environment as PROBE_PASSWORD (default: the demo's)
  --staff LOGIN        an account of the office that is no administrator; its password in PROBE_STAFF_PASSWORD, else as
                       above (default: the demo's; "none" leaves its column of the matrix out)
  --only T01,T07       only these of ${NUMBERS.join(' ')}
  --json FILE          writes every line to a file as well
  --metrics-token WORD opens /metrics, to read the server's memory
  --beyond-loopback    T12, T27 and T28 load the server. They are refused for any address but this computer's, unless you say
                       with this that the server is yours to load

Ends with 0 when everything is answered as it should be, 1 when something is not, 2 when it could not be tried.
`;

/** Reads the command line; a string is what is wrong with it. */
export function readOptions(args: readonly string[]): Options | string {
  const parsed = parse(args);
  if (typeof parsed === 'string') return parsed;
  const urls = parsed.url ?? ['http://127.0.0.1:3000'];
  const wrong = urls.find((url) => !URL.canParse(url) || !/^https?:/.test(url));
  if (wrong !== undefined) return `"${wrong}" is no http address`;
  const named = parsed.only?.split(',') ?? NUMBERS;
  const unknown = named.find((number) => !NUMBERS.some((known) => known === number));
  if (unknown !== undefined) return `"${unknown}" is none of ${NUMBERS.join(' ')}`;
  const only = NUMBERS.filter((number) => named.includes(number));
  const away = urls.find((url) => !isLoopback(url));
  const load = only.find((number) => LOADS.includes(number));
  if (away !== undefined && load !== undefined && parsed['beyond-loopback'] !== true)
    return `${load} loads the server, and ${away} is not this computer: leave it out with --only, or say --beyond-loopback`;
  return {
    urls: urls.map((url) => new URL(url).origin),
    login: parsed.admin ?? DEMO_ADMIN,
    password: parsed.password ?? null,
    staffLogin:
      parsed.staff === 'none' ? null : (parsed.staff ?? (parsed.admin === undefined ? 'staff' : null)),
    only,
    json: parsed.json ?? null,
    metricsToken: parsed['metrics-token'] ?? null,
  };
}

/** What the demo's people sign in with, where nothing else was said. */
export function passwordOr(given: string | null | undefined): string {
  return given ?? DEMO_PASSWORD;
}

function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { ...text, multiple: true },
        admin: text,
        password: text,
        staff: text,
        only: text,
        json: text,
        'metrics-token': text,
        'beyond-loopback': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
