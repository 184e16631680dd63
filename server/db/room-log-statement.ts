import type { PoolClient } from 'pg';
import { genesis, type LogRow } from '../../core/domain/chain.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Ids } from '../ports/ids.ts';
import type { AppendedAt, Batch, Place } from '../ports/room-log.ts';
import type { Claim } from '../ports/rooms.ts';
import { claimColumns, goodClaims } from './claims.ts';
import { newSeats } from './room-log-seats.ts';

type Asker = Pick<PoolClient, 'query'>;
type Found = { readonly seq: number; readonly head_hash: string; readonly is_appended: boolean };

/** What one statement appends behind a place. */
export type Rows = {
  readonly place: Place;
  readonly batch: Batch;
  readonly rows: readonly LogRow[];
  readonly headHash: string;
  /** Keys that must be new. */
  readonly keys: readonly string[];
  /** Sign-ins that must be good, each of them once. */
  readonly claims: readonly Claim[];
};

// The row's lock comes first, and waits; what it then finds decides whether anything else happens. Sign-ins are looked
// for behind it, and locked too: what was ended while we waited is found ended. NO KEY: strict
// against other batches, but rows that merely refer to the session (links) need not wait. Papers get random ids and
// are laid down shuffled, so that their order says nothing [B5]. A second seat of one person breaks a constraint [P4].
const TEXT = `with head as (
    select seq, head_hash from session where id = $1 for no key update
  ), good as (
    select s.person_id from head, ${goodClaims('$1', ['$13', '$14', '$15'])}
  ), go as (
    select from head where seq = $2 and (head_hash = $3 or seq = 0)
      and (select count(*) from good) = cardinality($13::text[])
      and not exists (select from room_command where session_id = $1 and key = any($4::text[]))
  ), events as (
    insert into room_event (session_id, seq, at, by, type, payload, personal, salt, commitment, hash)
    select $1, e.seq, e.at, e.by, e.payload->>'type', e.payload, e.personal, e.salt, e.commitment, e.hash
    from go, jsonb_to_recordset($5::jsonb) as e(seq bigint, at timestamptz, by text, payload jsonb,
      personal jsonb, salt text, commitment text, hash text)
  ), commands as (
    insert into room_command (session_id, key, actor, body_hash, first_seq, count)
    select $1, c.key, c.actor, c."bodyHash", c."firstSeq", c.count
    from go, jsonb_to_recordset($6::jsonb) as c(key text, actor text, "bodyHash" text, "firstSeq" bigint, count int)
  ), papers as (
    insert into poll_paper (id, session_id, poll_id, paper)
    select p.id, $1, p."pollId", p.paper
    from go, jsonb_to_recordset($7::jsonb) as p(id uuid, "pollId" uuid, paper jsonb) order by random()
  ), seats as (
    insert into participant (session_id, id, person_id, role, may_write_text, is_removed)
    select $1, s.* from go, jsonb_to_recordset($16::jsonb) as s(id uuid, "personId" uuid, role text,
      "mayWriteText" bool, "isRemoved" bool)
  ), moved as (
    update session set seq = $8, head_hash = $9, state = $10, opened_at = $11, closed_at = $12
    from go where id = $1
  )
  select seq::float8 as seq, head_hash, exists (select from go) as is_appended from head`;

/** Lock, comparison, events, commands, papers, new seats and the session's row: one statement, so one round trip and one commit. */
export async function appendRows(
  asker: Asker,
  sessionId: SessionId,
  { rows: { place, batch, rows, headHash, keys, claims }, ids }: { rows: Rows; ids: Ids },
): Promise<AppendedAt> {
  const { commands, papers, after } = batch;
  const found = await asker.query<Found>({
    name: 'room-log-append',
    text: TEXT,
    values: [
      sessionId,
      place.seq,
      place.headHash,
      keys,
      JSON.stringify(rows),
      JSON.stringify(commands),
      JSON.stringify(papers.map((paper) => ({ id: ids.uuid(), ...paper }))),
      after.seq,
      headHash,
      after.state,
      after.openedAt,
      after.closedAt,
      ...claimColumns(claims),
      JSON.stringify(newSeats(batch)),
    ],
  });
  const row = found.rows[0];
  if (row === undefined) throw new AppError('SESSION_UNKNOWN');
  if (row.is_appended) return { isAppended: true, head: { seq: after.seq, headHash } };
  return { isAppended: false, head: placeOf(sessionId, row) };
}

/** Where a session's row says that its log ends. */
export function placeOf(
  sessionId: SessionId,
  { seq, head_hash }: { readonly seq: number; readonly head_hash: string },
): Place {
  return { seq, headHash: seq === 0 ? genesis(sessionId) : head_hash };
}
