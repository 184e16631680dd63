import type { Pool, PoolClient } from 'pg';
import type { DocumentId } from '../../core/domain/ids.ts';
import { TextFrame } from '../../core/domain/replay/text-frames.ts';
import type { DocumentLog, LoggedUpdate, SnapshotMark, StoredText, TextHead } from '../ports/document-log.ts';

// How a text rests: a snapshot, and the rows after it. Rows under the snapshot are kept for a while (text-retention.ts).

type Asker = Pick<PoolClient, 'query'>;

// One statement sees one moment: between two a snapshot can be replaced, and the rows under it deleted. The snapshot
// comes as the first row, so that it is sent once and not beside each update.
const LOAD = `
  select snapshot_seq as seq, snapshot as data, head, null as at from document where id = $1
  union all
  select seq, data, null, at from document_update
  where document_id = $1 and seq > (select snapshot_seq from document where id = $1)
  order by seq`;

export async function load(asker: Asker, documentId: DocumentId): Promise<StoredText | null> {
  const { rows } = await asker.query<{
    seq: string;
    data: Buffer | null;
    head: string | null;
    at: Date | null;
  }>({
    name: 'text-load',
    text: LOAD,
    values: [documentId],
  });
  const [first, ...after] = rows;
  if (first === undefined) return null;
  return {
    snapshot: first.data,
    snapshotSeq: Number(first.seq),
    head: Number(first.head),
    updates: after.flatMap(({ seq, data, at }) =>
      data === null ? [] : [{ seq: Number(seq), data, atMs: at?.getTime() ?? 0 }],
    ),
  };
}

export async function updatesAfter(
  pool: Pool,
  documentId: DocumentId,
  seq: number,
): Promise<readonly LoggedUpdate[] | null> {
  const { rows } = await pool.query<{ seq: string; data: Buffer }>({
    name: 'text-after',
    text: 'select seq, data from document_update where document_id = $1 and seq > $2 order by seq',
    values: [documentId, seq],
  });
  const updates = rows.map((row) => ({ seq: Number(row.seq), data: row.data }));
  if (updates[0]?.seq === seq + 1) return updates;
  // Nothing follows, or what does was deleted: only then it is worth a question. Rows are deleted from the first one on.
  const { rowCount } = await pool.query({
    name: 'text-deleted',
    text: `select from document where id = $1 and snapshot_seq > $2
           and not exists (select from document_update where document_id = $1 and seq = $2 + 1)`,
    values: [documentId, seq],
  });
  return rowCount === 0 ? updates : null;
}

export async function heads(
  pool: Pool,
  documentIds: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, TextHead>> {
  const { rows } = await pool.query<{ id: DocumentId; head: string; generation: number } & MarkRow>({
    name: 'text-heads',
    text: `select id, head, generation, ${MARK} from document where id = any($1::uuid[])`,
    values: [documentIds],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { head: Number(row.head), snapshot: markOf(row), generation: row.generation },
    ]),
  );
}

export async function saveSnapshot(
  pool: Pool,
  documentId: DocumentId,
  { data, seq, replacesSeq, frames }: Parameters<DocumentLog['saveSnapshot']>[1],
): Promise<SnapshotMark | null> {
  const { rows: saved } = await pool.query<{ count: number }>(
    `with saved as (
       update document set snapshot = $2, snapshot_seq = $3
       where id = $1 and snapshot_seq = $4 and $3 > $4 and head >= $3 returning id
     ), framed as (
       insert into document_frame (document_id, seq, at, pieces)
       select saved.id, given.seq, given.at, given.pieces
       from saved, jsonb_to_recordset($5) as given(seq bigint, at timestamptz, pieces jsonb)
     )
     select count(*)::int as count from saved`,
    [documentId, data, seq, replacesSeq, JSON.stringify(frames)],
  );
  if (saved[0]?.count === 1) return { seq, bytes: data.byteLength };
  const { rows } = await pool.query<MarkRow>(`select ${MARK} from document where id = $1`, [documentId]);
  return rows[0] === undefined ? null : markOf(rows[0]);
}

export async function framesOf(pool: Pool, documentId: DocumentId): Promise<readonly TextFrame[]> {
  const { rows } = await pool.query<{ seq: string; at: Date; pieces: unknown }>(
    'select seq, at, pieces from document_frame where document_id = $1 order by seq',
    [documentId],
  );
  return rows.map(({ seq, at, pieces }) =>
    TextFrame.parse({ seq: Number(seq), at: at.toISOString(), pieces }),
  );
}

// The length is known without reading the bytes.
const MARK = 'snapshot_seq as "snapshotSeq", coalesce(octet_length(snapshot), 0) as bytes';
type MarkRow = { readonly snapshotSeq: string; readonly bytes: number };

function markOf({ snapshotSeq, bytes }: MarkRow): SnapshotMark {
  return { seq: Number(snapshotSeq), bytes };
}
