import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { LIMITS } from '../core/domain/limits.ts';
import { err, ok, type Result } from '../core/domain/result.ts';
import { line } from '../core/domain/text.ts';
import { keptSecret } from './kept-secret.ts';
import { Proxies } from './proxies.ts';

/** An empty value in a .env file means "not set". */
const unset = (value: unknown) => (value === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(unset, schema.optional());
const number = (low: number, high: number) => z.coerce.number().int().min(low).max(high);
const port = number(0, 65_535);
const url = (schemes: RegExp) => z.url({ protocol: schemes });
const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');

/** Every variable the server reads. The descriptions become .env.example. */
export const configSchema = z.object({
  HOST: z
    .preprocess(unset, z.string().default('127.0.0.1'))
    .describe('Address to listen on; 0.0.0.0 for every network interface'),
  PORT: z.preprocess(unset, port.default(3000)).describe('Port to listen on; 0 takes a free one'),
  PUBLIC_URL: optional(url(/^https?$/)).describe(
    'Address that people type, as in QR codes; needed behind a proxy. Browsers on other addresses are refused',
  ),
  DATABASE_URL: optional(url(/^postgres(ql)?$/)).describe(
    'PostgreSQL 14 or newer; without it a PostgreSQL of its own runs under DATA_DIR',
  ),
  DB_POOL_SIZE: z
    .preprocess(unset, number(6, 500).default(16))
    .describe(
      'Connections to PostgreSQL that one process may hold; a quarter is for the pages of the office',
    ),
  REDIS_URL: optional(url(/^rediss?$/)).describe(
    'Redis 7 or newer; needed only when several processes serve together',
  ),
  DATA_DIR: z
    .preprocess(unset, z.string().default('./data'))
    .describe('Folder for what the server keeps on disk'),
  SECRET_KEY: optional(z.string().min(32)).describe(
    'Key for links and sign-ins, 32 characters or more; without it one is made and kept in DATA_DIR/secret.key',
  ),
  TRUST_PROXY: z
    .preprocess(unset, Proxies.default(0))
    .describe(
      'Reverse proxies in front, whose X-Forwarded headers are believed: their addresses or networks with commas between (loopback for a proxy on this computer), or their number',
    ),
  BALLOT_BOX_URL: optional(url(/^https?$/)).describe(
    'A second address of this server that ballots of secret polls with a checkable box are sent to, with a certificate of its own, so that no browser sends them over the connection it is signed in on; needs PUBLIC_URL',
  ),
  BALLOT_JITTER_SECONDS: z
    .preprocess(unset, number(0, 60).default(20))
    .describe('Longest that a browser waits, at random, before it sends such a ballot'),
  LOG_LEVEL: z
    .preprocess(unset, z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'))
    .describe('Least level that is logged: trace, debug, info, warn, error, silent'),
  DRAIN_SECONDS: z
    .preprocess(unset, number(0, 4).default(0))
    .describe(
      'At a stop, how long the port still takes connections after /readyz has begun to answer 503; for load balancers that ask it',
    ),
  METRICS_PORT: optional(port).describe('Port on 127.0.0.1 that serves /metrics without a token'),
  METRICS_TOKEN: optional(z.string().min(16)).describe(
    'Bearer token, 16 characters or more, that opens /metrics on the main port',
  ),
  DEMO: optional(flag).describe(
    'Whether an empty database is filled with a demo whose passwords everybody can read; true only for the embedded database on this computer alone',
  ),
  ORG_NAME: z
    .preprocess(unset, line(LIMITS.titleLength).default('政协办公室'))
    .describe(
      'Name of the organisation that the first start makes, with its administrator, when there is no demo',
    ),
});

/** The names of the variables; anything else in the environment is not ours. */
export type Variable = keyof typeof configSchema.shape;

/** Variables whose values never reach a screen or a log. */
export const secretVariables: ReadonlySet<Variable> = new Set<Variable>([
  'SECRET_KEY',
  'METRICS_TOKEN',
  'DATABASE_URL',
  'REDIS_URL',
]);

type Values = z.output<typeof configSchema>;

/** What the server runs with: absolute paths, and every default decided. */
export type Config = Omit<Values, 'DEMO'> & {
  readonly DEMO: boolean;
  /** True when the server brings its own PostgreSQL. */
  readonly embedded: boolean;
  /** True when others than this computer may come in: it listens to them, or stands behind a proxy or an address that does. */
  readonly isReachable: boolean;
};

/** One variable that cannot be used, in words for the person who set it. */
export type Complaint = { readonly variable: string; readonly value: string; readonly expected: string };

/** Reads an environment. Pure but for resolving DATA_DIR against the working directory. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, Complaint[]> {
  const parsed = configSchema.safeParse(env);
  if (!parsed.success) return err(parsed.error.issues.map((issue) => complain(issue, env)));
  const values = parsed.data;
  const embedded = values.DATABASE_URL === undefined;
  const { HOST, PUBLIC_URL, TRUST_PROXY } = values;
  const isReachable =
    TRUST_PROXY !== 0 ||
    !isLoopback(HOST) ||
    (PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname));
  return ok({
    ...values,
    DATA_DIR: resolve(values.DATA_DIR),
    // Its passwords stand in the README: nobody opens them to a network without saying so.
    DEMO: values.DEMO ?? (embedded && !isReachable),
    embedded,
    isReachable,
  });
}

/** Whether a host is this computer and no other. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);
}

function complain(issue: z.core.$ZodIssue, env: Readonly<Record<string, string | undefined>>): Complaint {
  const variable = String(issue.path[0]);
  const known = variable in configSchema.shape ? (variable as Variable) : undefined;
  const secret = known !== undefined && secretVariables.has(known);
  const description = known === undefined ? '' : (configSchema.shape[known].description ?? '');
  return {
    variable,
    value: secret ? '(hidden)' : (env[variable] ?? '(not set)'),
    expected: `${issue.message}. ${description}`,
  };
}

/** The complaints as a table for a terminal. */
export function complaintTable(complaints: readonly Complaint[]): string {
  const rows = [
    { variable: 'VARIABLE', value: 'VALUE', expected: 'EXPECTED' },
    ...complaints.map((c) => ({ ...c, value: c.value.slice(0, 40) })),
  ];
  const width = (key: 'variable' | 'value') => Math.max(...rows.map((row) => row[key].length));
  const [first, second] = [width('variable'), width('value')];
  return rows.map((r) => `${r.variable.padEnd(first)}  ${r.value.padEnd(second)}  ${r.expected}`).join('\n');
}

/** The only reader of the process's environment. Ends the process, with a table of what is wrong, rather than guess. */
export function loadConfig(): Config {
  const read = readConfig(process.env);
  if (read.ok) return read.value;
  process.stderr.write(
    `The configuration has ${read.error.length} mistake(s):\n\n${complaintTable(read.error)}\n`,
  );
  process.exit(1);
}

/** The key for links and sign-ins: the given one, or one made on the first start and readable by us alone. */
export function secretKey(config: Pick<Config, 'SECRET_KEY' | 'DATA_DIR'>): string {
  if (config.SECRET_KEY !== undefined) return config.SECRET_KEY;
  mkdirSync(config.DATA_DIR, { recursive: true });
  return keptSecret(join(config.DATA_DIR, 'secret.key'));
}
