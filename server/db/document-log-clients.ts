import type { Pool } from 'pg';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import type { ClientClaim } from '../ports/document-log.ts';

/** Registers client ids to whoever is first, and tells whose they are now [W4]. */
export async function claimClients(
  pool: Pool,
  documentId: DocumentId,
  claims: readonly ClientClaim[],
): Promise<Map<number, ParticipantId>> {
  const clientIds = claims.map((claim) => claim.clientId);
  await pool.query({
    name: 'text-claim',
    text: `insert into document_client (document_id, client_id, author_id)
           select $1, c.client_id, c.author_id from unnest($2::bigint[], $3::uuid[]) as c(client_id, author_id)
           where exists (
             select 1 from document d join participant p on p.session_id = d.session_id
             where d.id = $1 and d.writable and p.id = c.author_id and p.may_write_text and not p.is_removed
           )
           order by c.client_id
           on conflict do nothing`,
    values: [documentId, clientIds, claims.map((claim) => claim.authorId)],
  });
  const { rows } = await pool.query<{ clientId: string; authorId: ParticipantId }>({
    name: 'text-owners',
    text: `select client_id as "clientId", author_id as "authorId"
           from document_client where document_id = $1 and client_id = any($2::bigint[])`,
    values: [documentId, clientIds],
  });
  return new Map(rows.map((row) => [Number(row.clientId), row.authorId]));
}
