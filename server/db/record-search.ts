import { z } from 'zod';
import { RecordHit, RecordScope } from '../../core/contract/record-search.ts';
import { ParticipantId } from '../../core/domain/ids.ts';
import { Role } from '../../core/domain/people.ts';
import { FOUND_KINDS } from '../../core/domain/record/kinds.ts';
import type { RecordAsked, RecordReader, RecordSearch } from '../ports/record-search.ts';
import type { PrismaClient } from './generated/client.ts';
import { askedWords, queryOf } from './terms.ts';

/** Letters that are looked through for a snippet: nothing that somebody says is longer, only a paragraph may be. */
const SNIPPET_LOOKS = 4_000;

// Whose records they are: as standing.ts says of a room. Whoever was removed reads nothing there, whatever office they hold; the
// office reads what is not private, and the administrator all [K2] [P15].
const READABLE = `select session.id, archive.sealed_at, session.studio_id from archive
  join session on session.id = archive.session_id
  left join participant seat on seat.session_id = session.id and seat.person_id = $1::uuid
  where case when seat.id is not null then not seat.is_removed
    else session.org_id = $2::uuid and ($3::bool or not session.is_private) end`;

const SCOPE = `with readable as materialized (${READABLE}),
  meeting as (select facts->>'template' as template from archive_row join readable on readable.id = session_id
    where no = 0 and facts->>'template' is not null)
  select (select count(*)::int from readable) as records, (select min(sealed_at) from readable) as since,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name, id), '[]') from studio
      where id in (select studio_id from readable)) as studios,
    (select coalesce(jsonb_agg(distinct template), '[]') from meeting) as templates`;

const FIND = `with readable as materialized (
    ${READABLE}
      and ($6::uuid is null or session.studio_id = $6::uuid)
      and ($7::timestamptz is null or archive.sealed_at >= $7::timestamptz)
      and ($8::timestamptz is null or archive.sealed_at < $8::timestamptz)
      and ($9::text is null or exists (select from archive_row kind
        where kind.session_id = session.id and kind.no = 0 and kind.facts->>'template' = $9::text))
  ), about as materialized (
    select session_id, item_id from archive_row join readable on readable.id = session_id
    where terms @@ $10::tsquery and kind in ('session', 'item')
  ), found as materialized (
    select r.session_id, r.no, readable.sealed_at from archive_row r join readable on readable.id = r.session_id
    where r.terms @@ $4::tsquery and r.kind = any($5::text[]) and ($11::text is null or r.role = $11::text)
      and ($10::text is null or r.session_id in (select session_id from about where item_id is null)
        or (r.session_id, r.item_id) in (select session_id, item_id from about where item_id is not null))
  ), page as materialized (
    select * from found where $12::timestamptz is null
      or sealed_at < $12::timestamptz
      or (sealed_at = $12::timestamptz and (session_id, no) > ($13::uuid, $14::int))
    order by sealed_at desc, session_id, no limit $15::int
  )
  select (select count(*)::int from found) as total, r.session_id, r.no, page.sealed_at, session.title,
    coalesce(studio.name, '') as studio_name, item.words as item, r.kind, r.ref, r.seq, r.by, r.role,
    person.words as name, r.at, left(r.words, ${SNIPPET_LOOKS}) as words
  from page join archive_row r on r.session_id = page.session_id and r.no = page.no
    join session on session.id = page.session_id
    left join studio on studio.id = session.studio_id
    left join archive_row item on item.session_id = r.session_id and item.kind = 'item' and item.ref = r.item_id
    left join archive_row person on person.session_id = r.session_id and person.kind = 'person' and person.ref = r.by
  order by page.sealed_at desc, page.session_id, page.no`;

const Found = z.object({
  total: z.int(),
  session_id: RecordHit.shape.sessionId,
  no: z.int(),
  sealed_at: z.date(),
  title: z.string(),
  studio_name: z.string(),
  item: z.string().nullable(),
  kind: RecordHit.shape.kind,
  ref: z.string(),
  seq: z.int().nullable(),
  by: ParticipantId.nullable().catch(null),
  role: Role.nullable(),
  name: z.string().nullable(),
  at: z.date().nullable(),
  words: z.string(),
});

const ScopeRow = RecordScope.extend({ since: z.date().nullable() });

/** Searches on the office's own connections: however slow one is, it takes none from the rooms. */
export function createRecordSearch(prisma: PrismaClient): RecordSearch {
  const who = ({ personId, house }: RecordReader) => [
    personId,
    house?.orgId ?? null,
    house?.hasPrivate ?? false,
  ];
  return {
    find: async (reader, asked) => {
      const words = askedWords(asked.q);
      const query = queryOf(words);
      const topic = asked.topic === null ? null : queryOf(askedWords(asked.topic));
      // Words of a topic that are none narrow to nothing, as words that are none find nothing.
      const isNothing = query === null || (asked.topic !== null && topic === null);
      if (isNothing) return { rows: [], total: 0, words };
      const answer = await prisma.$queryRawUnsafe(FIND, ...who(reader), query, ...filtersOf(asked, topic));
      const rows = z.array(Found).parse(answer);
      return { rows: rows.map(toFound), total: rows[0]?.total ?? 0, words };
    },
    scopeOf: async (reader) => {
      const [row] = z.array(ScopeRow).parse(await prisma.$queryRawUnsafe(SCOPE, ...who(reader)));
      const { since = null, ...scope } = row ?? { records: 0, studios: [], templates: [] };
      return { ...scope, since: since?.toISOString() ?? null };
    },
  };
}

function filtersOf(asked: RecordAsked, topic: string | null): readonly unknown[] {
  const { kind, role, studioId, template, from, to, after, limit } = asked;
  const place = after === null ? [null, null, null] : [after.sealedAt, after.sessionId, after.no];
  const kinds = kind === null ? FOUND_KINDS : [kind];
  return [kinds, studioId, from, to, template, topic, role, ...place, limit];
}

function toFound(row: z.infer<typeof Found>) {
  const { session_id, no, sealed_at, title, studio_name, item, kind, ref, seq, by, role, name, at, words } =
    row;
  return {
    sessionId: session_id,
    no,
    sealedAt: sealed_at.toISOString(),
    title,
    studioName: studio_name,
    item,
    kind,
    ref,
    seq,
    speaker: by === null || role === null ? null : { id: by, role, name: name ?? '' },
    at: at?.toISOString() ?? null,
    words,
  };
}
