import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

/** The logger that main.ts makes and hands down. */
export type Log = Logger;

/** Keys whose values are secrets or people's words, at whatever depth people nest them in practice. */
const confidential = [
  'password',
  'passwordHash',
  'token',
  'tokenHash',
  'accessToken',
  'secret',
  'secretKey',
  'authorization',
  'cookie',
  'set-cookie',
  'x-metrics-token',
  'DATABASE_URL',
  'REDIS_URL',
  'SECRET_KEY',
  'METRICS_TOKEN',
  'connectionString',
  'text',
  'body',
  'personal',
  'salt',
  'paper',
  'choice',
  'phone',
];

const redacted = confidential.flatMap((key) =>
  ['', '*.', '*.*.', '*.*.*.'].map((depth) =>
    key.includes('-') ? `${depth.replace(/\.$/, '')}["${key}"]` : `${depth}${key}`,
  ),
);

/**
 * What is told of an error. Others write what they like into their own: PostgreSQL puts the row into `detail`, the
 * statement's values into `where`, and with them what people said.
 */
const TOLD: ReadonlySet<string> = new Set(
  (
    'type message stack code reason details severity schema table column constraint routine ' +
    'errno syscall address port'
  ).split(' '),
);

function tellError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = Object.entries(stdSerializers.err(error)).filter(([name]) => TOLD.has(name));
  const parts = error instanceof AggregateError ? { parts: error.errors.map(tellError) } : {};
  return { ...Object.fromEntries(told), ...parts };
}

/** JSON lines on stdout. What a person wrote or signs in with never reaches them. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: redacted, censor: '[hidden]' },
    serializers: { err: tellError, error: tellError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
