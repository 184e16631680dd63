import type { Pool } from 'pg';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Appended, DraftUpdate } from '../ports/document-log.ts';

// The head moves in the statement that inserts the rows, under the lock of the document's row: what is visible is
// always a prefix without holes. Updates travel as one blob with offsets, which is cheaper than an array of bytea.
const APPEND = `
  with allowed as (
    select array(
      select p.id from document d join participant p on p.session_id = d.session_id
      where d.id = $1 and p.id = any($2::uuid[]) and p.may_write_text and not p.is_removed
    ) as ids
  ), draft as (
    select u.author, u.start, u.bytes, row_number() over (order by u.place) as place
    from unnest($3::int[], $4::int[], $5::int[]) with ordinality as n(author_index, start, bytes, place)
    cross join lateral (select ($2::uuid[])[n.author_index] as author, n.start, n.bytes, n.place) u
    where u.author = any((select ids from allowed)::uuid[])
  ), total as (select count(*) as count from draft
  ), moved as (
    update document set head = head + (select count from total)
    where id = $1 and writable and (select count from total) > 0 returning head
  )
  insert into document_update (document_id, seq, author_id, data)
  select $1, moved.head - total.count + draft.place, draft.author, substring($6::bytea from draft.start + 1 for draft.bytes)
  from moved, total, draft
  returning seq, author_id as author`;

/** One statement, one commit for a batch of updates of one document [W3]. */
export async function appendUpdates(
  pool: Pool,
  documentId: DocumentId,
  drafts: readonly DraftUpdate[],
): Promise<Appended> {
  const authors = [...new Set(drafts.map((draft) => draft.authorId))];
  const place = new Map(authors.map((author, index) => [author, index + 1]));
  let start = 0;
  const starts = drafts.map((draft) => {
    const at = start;
    start += draft.data.byteLength;
    return at;
  });
  const { rows } = await pool.query<{ seq: string; author: ParticipantId }>({
    name: 'text-append',
    text: APPEND,
    values: [
      documentId,
      authors,
      drafts.map((draft) => place.get(draft.authorId)),
      starts,
      drafts.map((draft) => draft.data.byteLength),
      Buffer.concat(drafts.map((draft) => draft.data)),
    ],
  });
  if (rows.length === 0) return whyNot(pool, documentId, authors);
  const through = new Set(rows.map((row) => row.author));
  return {
    kind: 'appended',
    firstSeq: rows.reduce((least, row) => Math.min(least, Number(row.seq)), Number.POSITIVE_INFINITY),
    refused: new Set(authors.filter((author) => !through.has(author))),
  };
}

async function whyNot(
  pool: Pool,
  documentId: DocumentId,
  authors: readonly ParticipantId[],
): Promise<Appended> {
  const { rows } = await pool.query<{ writable: boolean; allowed: boolean }>(
    `select d.writable, exists (
       select 1 from participant p where p.session_id = d.session_id and p.id = any($2::uuid[])
       and p.may_write_text and not p.is_removed) as allowed
     from document d where d.id = $1`,
    [documentId, authors],
  );
  const row = rows[0];
  if (row === undefined) return { kind: 'gone' };
  if (!row.writable) return { kind: 'locked' };
  // The right came back between the two statements: nothing was kept, the caller asks again.
  if (row.allowed) throw new AppError('BUSY');
  return { kind: 'authors' };
}
