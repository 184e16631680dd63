import type { Pool } from 'pg';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Appended, DraftUpdate, WriteRefusal } from '../ports/document-log.ts';
import { askAtomically } from './storage-fault.ts';

/** Whoever writes, as the statement asks about them: a seat and the sign-in behind it. */
type Writer = Pick<DraftUpdate, 'authorId' | 'signInId'>;

// The document's row is locked first, as by whoever closes the session; then the seats and the sign-ins, so that a right
// that was lost while this waited is seen, and none is lost before the commit. All drafts are stored or none. The head
// moves in the statement that inserts: what is visible is always a prefix without holes. Without drafts it only tells how
// the text stands. Updates travel as one blob with offsets, which is cheaper than an array of bytea. Lists stand in
// subselects: a planner that saw how long they are would take that for a reason to plan anew, every time, and that costs
// twice what the statement does.
const textOf = (signIn: string, locked: string) => `
  with text as materialized (
    select session_id from document where id = $1 and writable and generation = $8 for no key update
  ), good as materialized (
    select from text cross join unnest((select $2::uuid[]), (select $3::bytea[])) as w(author, sign_in)
      join participant p on p.session_id = text.session_id and p.id = w.author
        and p.may_write_text and not p.is_removed
      ${signIn}
    order by w.sign_in, w.author for share of ${locked}
  ), moved as (
    update document set head = head + cardinality($4::int[])
    where id = $1 and exists (select from text) and (select count(*) from good) = cardinality($2::uuid[])
    returning head
  ), added as (
    insert into document_update (document_id, seq, author_id, data)
    select $1, moved.head - cardinality($4::int[]) + d.place, ($2::uuid[])[d.writer],
      substring($7::bytea from d.start + 1 for d.bytes)
    from moved, unnest((select $4::int[]), (select $5::int[]), (select $6::int[]))
      with ordinality as d(writer, start, bytes, place)
  )
  select head::float8 as head from moved`;
const SIGNED = textOf(
  `join sign_in s on s.token_hash = w.sign_in and s.person_id = p.person_id
        and s.revoked_at is null and s.expires_at > now()
      where exists (select from person where id = s.person_id and disabled_at is null)`,
  'p, s',
);
/** For drafts that come from no browser. */
const UNSIGNED = textOf('where w.sign_in is null', 'p');

/** How often a batch is asked again whose authors had their rights when it was asked who had not. */
const ATTEMPTS = 3;

/** One statement, one commit for a batch of updates of one document: all of them, or none [W3] [W9]. */
export async function appendUpdates(
  pool: Pool,
  documentId: DocumentId,
  { drafts, generation }: { readonly drafts: readonly DraftUpdate[]; readonly generation: number },
): Promise<Appended> {
  const batch = { ...batchOf(drafts), generation };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const head = await askAtomically(() => insert(pool, documentId, batch));
    if (head !== null) return { kind: 'appended', firstSeq: head - drafts.length + 1 };
    // Rarely: somebody lost their right and writes on for a moment.
    const standing = await standingOf(pool, documentId, batch.writers);
    if (standing === null) return { kind: 'gone' };
    if (!standing.writable) return { kind: 'locked' };
    if (standing.generation !== generation) return { kind: 'anew' };
    const refused = new Map<number, WriteRefusal>();
    for (const [index, place] of batch.places.entries()) {
      const why = standing.refusals[place - 1] ?? null;
      if (why !== null) refused.set(index, why);
    }
    if (refused.size > 0) return { kind: 'refused', refused };
  }
  // Rights come and go between the statements: nothing was kept, the caller asks again.
  throw new AppError('BUSY');
}

type Batch = {
  /** Which beginning of the text they belong to. */
  readonly generation: number;
  readonly drafts: readonly DraftUpdate[];
  /** Each once. */
  readonly writers: readonly Writer[];
  /** Which of them, counted from 1, each draft is of. */
  readonly places: readonly number[];
};

function batchOf(drafts: readonly DraftUpdate[]): Omit<Batch, 'generation'> {
  const known = new Map<string, number>();
  const writers: Writer[] = [];
  const places = drafts.map((draft) => {
    const place = known.get(nameOf(draft)) ?? writers.push(draft);
    known.set(nameOf(draft), place);
    return place;
  });
  return { drafts, writers, places };
}

function nameOf({ authorId, signInId }: Writer): string {
  return `${authorId} ${signInId ?? ''}`;
}

/** Where the log ends then; null: nothing was inserted. */
async function insert(
  pool: Pool,
  documentId: DocumentId,
  { drafts, writers, places, generation }: Batch,
): Promise<number | null> {
  const isSigned = writers.some(({ signInId }) => signInId !== null);
  let start = 0;
  const starts = drafts.map((draft) => {
    const at = start;
    start += draft.data.byteLength;
    return at;
  });
  const { rows } = await pool.query<{ head: number }>({
    name: isSigned ? 'text-append' : 'text-append-unsigned',
    text: isSigned ? SIGNED : UNSIGNED,
    values: [
      documentId,
      ...columnsOf(writers),
      places,
      starts,
      drafts.map((draft) => draft.data.byteLength),
      Buffer.concat(drafts.map((draft) => draft.data)),
      generation,
    ],
  });
  return rows[0]?.head ?? null;
}

function columnsOf(writers: readonly Writer[]): [ParticipantId[], (Buffer | null)[]] {
  return [
    writers.map(({ authorId }) => authorId),
    writers.map(({ signInId }) => (signInId === null ? null : Buffer.from(signInId, 'hex'))),
  ];
}

type Standing = {
  readonly writable: boolean;
  readonly generation: number;
  readonly refusals: readonly (WriteRefusal | null)[];
};

/** What each writer lacks, in their order; null: nothing any more. */
async function standingOf(
  pool: Pool,
  documentId: DocumentId,
  writers: readonly Writer[],
): Promise<Standing | null> {
  const { rows } = await pool.query<Standing>(
    `select d.writable, d.generation, array(
       select case
         when w.sign_in is not null and not exists (
           select from sign_in s join person on person.id = s.person_id and person.disabled_at is null
           where s.token_hash = w.sign_in and s.revoked_at is null and s.expires_at > now()
         ) then 'SIGN_IN_REVOKED'
         when not exists (
           select from participant p where p.session_id = d.session_id and p.id = w.author
             and p.may_write_text and not p.is_removed
             and (w.sign_in is null or exists (
               select from sign_in s where s.token_hash = w.sign_in and s.person_id = p.person_id))
         ) then 'ROLE_MAY_NOT' end
       from unnest($2::uuid[], $3::bytea[]) with ordinality as w(author, sign_in, place) order by w.place
     ) as refusals
     from document d where d.id = $1`,
    [documentId, ...columnsOf(writers)],
  );
  return rows[0] ?? null;
}
