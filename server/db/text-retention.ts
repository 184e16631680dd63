import type { Pool, PoolClient } from 'pg';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { Deletion, TextRetention } from '../ports/text-retention.ts';
import { withTransaction } from './client.ts';
import { throughStorage } from './storage-fault.ts';

/** An arbitrary number that stands for "somebody is deleting rows of texts" among advisory locks. */
const DELETING_LOCK = 7_342_023;
/** So few at a time that nobody waits for them. */
const PIECE = 2_000;

/**
 * The rows of texts that snapshots stand for. Moments are those of the database: processes whose clocks differ delete
 * nothing too early. covered_seq and covered_at name rows that lie under a snapshot and since when that is known.
 */
export function createTextRetention(pool: Pool): TextRetention {
  return throughStorage<TextRetention>({
    uncovered: async ({ rows: least, minutes }) => {
      const { rows } = await pool.query<{ id: DocumentId }>(
        `select d.id from document d join document_update u on u.document_id = d.id and u.seq = d.head
         where d.head > d.snapshot_seq
         and (not d.writable or (d.head - d.snapshot_seq >= $1 and u.at < now() - make_interval(mins => $2)))
         order by d.id`,
        [least, minutes],
      );
      return rows.map(({ id }) => id);
    },
    cover: async () => {
      await pool.query(
        `update document set covered_seq = snapshot_seq, covered_at = now()
         where covered_at is null and snapshot_seq > covered_seq and snapshot is not null`,
      );
    },
    deleteCovered: ({ hours }) => withTransaction(pool, (tx) => deletePiece(tx, hours)),
  });
}

async function deletePiece(tx: PoolClient, hours: number): Promise<Deletion> {
  const lock = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
    DELETING_LOCK,
  ]);
  if (lock.rows[0]?.mine !== true) return { rows: 0, state: 'busy' };
  // The record of a session is kept whole for as long after its close.
  const due = await tx.query<{ id: DocumentId; seq: string }>(
    `select d.id, least(d.covered_seq, d.snapshot_seq) as seq
     from document d join session s on s.id = d.session_id
     where d.covered_at < now() - make_interval(hours => $1) and d.snapshot is not null
     and (s.closed_at is null or s.closed_at < now() - make_interval(hours => $1))
     order by d.covered_at limit 1`,
    [hours],
  );
  const text = due.rows[0];
  if (text === undefined) return { rows: 0, state: 'done' };
  // From the first one on: what is left begins somewhere and has no hole.
  const { rowCount } = await tx.query(
    `delete from document_update where document_id = $1 and seq = any(array(
       select seq from document_update where document_id = $1 and seq <= $2 order by seq limit ${PIECE}))`,
    [text.id, text.seq],
  );
  const rows = rowCount ?? 0;
  if (rows < PIECE) await tx.query('update document set covered_at = null where id = $1', [text.id]);
  return { rows, state: 'left' };
}
