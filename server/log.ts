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

/** JSON lines on stdout. What a person wrote or signs in with never reaches them. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: redacted, censor: '[hidden]' },
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Removes a sign-in token or a join token from an address before it is logged. */
export function safeUrl(url: string): string {
  const [path = '', query] = url.split('?', 2);
  const shown = path.replace(/^(\/(?:j|join|api\/join)\/)[^/]+/, '$1[hidden]');
  return query === undefined ? shown : `${shown}?[hidden]`;
}
