import type { Pool } from 'pg';
import { withTransaction } from '../db/client.ts';

const SEALED = ['archive', 'archive_row', 'room_event', 'document_update'];

/** Changes what is sealed as whoever owns the tables can, by taking the triggers away: for tests of what tells it then. */
export async function changePastSeals(pool: Pool, sql: string, values: readonly unknown[]): Promise<void> {
  await withTransaction(pool, async (tx) => {
    for (const table of SEALED) await tx.query(`alter table ${table} disable trigger user`);
    await tx.query(sql, [...values]);
    for (const table of SEALED) await tx.query(`alter table ${table} enable trigger user`);
  });
}
