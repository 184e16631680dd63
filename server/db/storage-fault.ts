import { AppError } from '../app-error.ts';

// The database could not be asked or went away: connection errors (08), operator intervention (57: shutdown,
// statement timeout), resources (53: disk full, too many connections), I/O (58), a failed disk (XX001, XX002).
const AWAY = /^(08|53|57|58)/;
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'XX001',
  'XX002',
  '25P03',
]);
const AWAY_WORDS =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection error/i;
const LOCK_TIMEOUT = '55P03';
const SERIALIZATION = new Set(['40001', '40P01']);

/** Runs a piece of SQL; what is the storage's fault comes out as STORAGE_AWAY or BUSY, anything else as it was. */
export async function askStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === LOCK_TIMEOUT || SERIALIZATION.has(code)) {
    return new AppError('BUSY', { details: { retryAfterMs: 1_000 }, cause: error });
  }
  const isAway = AWAY.test(code) || AWAY_CODES.has(code) || AWAY_WORDS.test(error.message);
  return isAway ? new AppError('STORAGE_AWAY', { cause: error }) : error;
}
