import { createHash } from 'node:crypto';
import pg from 'pg';

const NOT_ALLOWED = '42501';

/**
 * A name for the database that processes work on: the same for all of them, another for every other installation.
 * From the cluster and the database, not from what lies in it: a copy put back from a backup is another installation.
 */
export async function installationOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ oid: string; founded: string }>(
    `select (select oid::text from pg_database where datname = current_database()) as oid,
       (select min(started_at)::text from _prisma_migrations) as founded`,
  );
  const { oid, founded } = rows[0] ?? {};
  return createHash('sha256')
    .update(JSON.stringify([await clusterOf(pool), oid, founded]))
    .digest('hex')
    .slice(0, 16);
}

/** Some houses do not let us ask; when the first migration ran must then do. */
async function clusterOf(pool: pg.Pool): Promise<string | null> {
  try {
    const { rows } = await pool.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    );
    return rows[0]?.id ?? null;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NOT_ALLOWED) return null;
    throw error;
  }
}
