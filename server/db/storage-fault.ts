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
  // The embedded database only reads while its disk is full.
  '25006',
]);
const AWAY_WORDS =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection error|query read timeout/i;
// What Prisma calls the same: cannot reach, timed out, connection closed, no connection from the pool.
const AWAY_PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028']);
const CONFLICT_PRISMA = 'P2034';
const LOCK_TIMEOUT = '55P03';
const DEADLOCK = '40P01';
const SERIALIZATION = new Set(['40001', DEADLOCK]);

/** Runs a piece of SQL; what is the storage's fault comes out as STORAGE_AWAY or BUSY, anything else as it was. */
export async function askStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

/**
 * As askStorage, for work that is one transaction: PostgreSQL undid all of it when it ended it in a deadlock, and the
 * other side goes on, so it is asked once more.
 */
export async function askAtomically<T>(work: () => Promise<T>): Promise<T> {
  return await askStorage(async () => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error) || codeOf(error) !== DEADLOCK) throw error;
      return await work();
    }
  });
}

type Asking = Readonly<Record<string, (...given: never[]) => Promise<unknown>>>;

/** A store whose every function asks through askStorage. */
export function throughStorage<S extends Asking>(store: S): S {
  const asking = Object.entries(store).map(([name, ask]) => [
    name,
    (...given: never[]) => askStorage(() => ask(...given)),
  ]);
  return Object.fromEntries(asking) as S; // -- reason: the same names with the same types, which entries forget
}

function translate(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === LOCK_TIMEOUT || SERIALIZATION.has(code)) {
    return new AppError('BUSY', { details: { retryAfterMs: 1_000 }, cause: error });
  }
  return isAway(error) ? new AppError('STORAGE_AWAY', { cause: error }) : error;
}

/** Whether the storage could not be asked or went away; what was asked of it last may be done or not. */
export function isAway(error: Error): boolean {
  const code = codeOf(error);
  return AWAY.test(code) || AWAY_CODES.has(code) || AWAY_PRISMA.has(code) || AWAY_WORDS.test(error.message);
}

/** The code of PostgreSQL or of the connection, also when Prisma wrapped it. */
function codeOf(error: Error): string {
  const code = textAt(error, 'code');
  const cause = at(at(at(error, 'meta'), 'driverAdapterError'), 'cause');
  if (/Closed|NotReachable|Timeout/.test(textAt(cause, 'kind'))) return 'ECONNRESET';
  return code === CONFLICT_PRISMA ? '40001' : textAt(cause, 'originalCode') || code;
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string {
  const found = at(value, key);
  return typeof found === 'string' ? found : '';
}
