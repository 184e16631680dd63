import type { Pool } from 'pg';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { Beginning } from '../ports/document-log.ts';

/** Owner of client ids that nobody had claimed when the text under them was given up. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Of nearly all texts. */
const NONE: ReadonlySet<number> = new Set();

/** Which beginning of the text this is, and whose is not [W16]. */
export async function beginning(pool: Pool, documentId: DocumentId): Promise<Beginning | null> {
  const { rows } = await pool.query<{ generation: number; retired: string[] }>({
    name: 'text-beginning',
    text: `select generation, array(
             select client_id from document_client where document_id = $1 and is_retired) as retired
           from document where id = $1`,
    values: [documentId],
  });
  const row = rows[0];
  return row === undefined
    ? null
    : {
        generation: row.generation,
        retired: row.retired.length === 0 ? NONE : new Set(row.retired.map(Number)),
      };
}

/** Empty from now on. What was written before lies under the snapshot. */
export async function beginAnew(
  pool: Pool,
  documentId: DocumentId,
  clientIds: readonly number[],
): Promise<boolean> {
  const { rows } = await pool.query<{ count: number }>(
    `with begun as (
       update document set generation = generation + 1, snapshot = '\\x0000', snapshot_seq = head
       where id = $1 and writable returning id
     ), known as (
       update document_client c set is_retired = true from begun where c.document_id = begun.id
     ), others as (
       insert into document_client (document_id, client_id, author_id, is_retired)
       select begun.id, given.client_id, $3, true from begun, unnest($2::bigint[]) as given(client_id)
       where not exists (select from document_client c where c.document_id = begun.id and c.client_id = given.client_id)
       on conflict do nothing
     )
     select count(*)::int as count from begun`,
    [documentId, clientIds, NOBODY],
  );
  return rows[0]?.count === 1;
}
