import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/**
 * The database, through two doors: plain SQL for rooms and texts, Prisma for everything else. Each has connections of its
 * own, so that slow pages of the office, however many, take none from the rooms.
 */
export type Database = {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  /** Lets running statements finish and gives the connections back. */
  readonly close: () => Promise<void>;
};

/** What a pool is opened with; the limits keep one stuck statement from holding everybody. */
export type DatabaseOptions = {
  readonly url: string;
  /** Connections of both doors together; where it is one, each has one. */
  readonly poolSize: number;
  /** Told of connections that break while they are idle; the pool replaces them by itself. */
  readonly onIdleError: (error: Error) => void;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
};

/**
 * What is saved is on disk, whatever a server, a database or an account is set to: what a session asks for stands above. And
 * each statement sees what was committed before it: whoever closes a poll counts behind the lock that they waited for [B33].
 */
const SAVING = '-c synchronous_commit=on -c default_transaction_isolation=read\\ committed';
/**
 * Rooms and texts ask for few rows of large tables, each by its index. Prepared plans live for hours, and one that was
 * made while a table was small would read it from end to end, once for each key, when it is small no longer.
 */
const BY_INDEX = '-c enable_seqscan=off -c jit=off';

/** Opens the pools. Nothing connects before the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const ofOffice = Math.max(1, Math.floor(options.poolSize / 4));
  const ofRooms = Math.max(1, options.poolSize - ofOffice);
  const pool = openPool({ ...options, url: asking(options.url, `${SAVING} ${BY_INDEX}`) }, ofRooms);
  const officePool = openPool({ ...options, url: asking(options.url, SAVING) }, ofOffice);
  const prisma = new PrismaClient({ adapter: new PrismaPg(officePool), errorFormat: 'minimal' });
  return {
    pool,
    prisma,
    close: async () => {
      await prisma.$disconnect();
      await Promise.all([pool.end(), officePool.end()]);
    },
  };
}

function openPool(options: DatabaseOptions, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: size,
    application_name: 'shangliang',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    idle_in_transaction_session_timeout: 30_000,
    // A pulled cable answers nothing: then it is we who stop waiting, a little after the server would have.
    query_timeout: (options.statementTimeoutMs ?? 15_000) + 2_000,
  });
  pool.on('error', options.onIdleError);
  // A connection that breaks while it is lent also fails the statement that runs on it; the event alone must not end us.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function asking(given: string, settings: string): string {
  const url = new URL(given);
  const others = url.searchParams.get('options');
  url.searchParams.set('options', `${others === null ? '' : `${others} `}${settings}`);
  return url.href;
}

/**
 * Runs fn in one transaction of plain SQL: commits when it returns, rolls back when it throws. A connection whose
 * rollback fails is thrown away, never lent again.
 */
export async function withTransaction<T>(
  pool: pg.Pool,
  fn: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A lent connection that is cut tells its listeners; with none it would end the process.
  const handleCut = (error: Error) => (broken = error);
  client.on('error', handleCut);
  try {
    await client.query('begin');
    const value = await fn(client);
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('rollback failed');
    });
    throw error;
  } finally {
    client.off('error', handleCut);
    client.release(broken);
  }
}
