import type { PoolClient } from 'pg';
import { type LogRow } from '../../core/domain/chain.ts';
import { genesis } from '../../core/domain/linking.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { firstEnd } from '../../core/domain/polls/days.ts';
import type { AppendedAt, Batch, Place } from '../ports/room-log.ts';
import type { Claim } from '../ports/rooms.ts';
import { distinct, goodClaims } from './claims.ts';
import { newSeats } from './room-log-seats.ts';
import { MOST_STIRRED } from './stirring.ts';

type Asker = Pick<PoolClient, 'query'>;
type Found = {
  readonly id: SessionId;
  readonly seq: number;
  readonly head_hash: string;
  readonly is_appended: boolean;
};

/** What is appended to one session behind a place. */
export type Rows = {
  readonly place: Place;
  readonly batch: Batch;
  readonly rows: readonly LogRow[];
  readonly headHash: string;
  /** Keys that must be new. */
  readonly keys: readonly string[];
  /** Sign-ins that must be good. */
  readonly claims: readonly Claim[];
};

/** The same as the statement takes it. */
export type Append = {
  readonly sessionId: SessionId;
  /** Where the log must end, and where it ends from then on. */
  readonly place: Place;
  readonly end: Place;
  /** Each once. */
  readonly claims: readonly Claim[];
  readonly json: string;
};

// The rows' locks come first; what is then found decides for each session whether anything else happens there. Sign-ins
// are looked for behind them, and locked too; they come as columns, of which PostgreSQL expects ten rows and not ten
// thousand, so that it asks for each by the index. Keys are looked up one by one for the same reason. NO KEY: strict
// against other batches, but rows that merely refer to the session (links) need not wait. Papers get random ids and
// are laid down shuffled, among others that are laid down anew, so that which of them came with an event is told by neither
// id nor order nor transaction, while the poll is open [B5]. A second seat of one person breaks a constraint [P4].
const textOf = (locked: '' | 'skip locked') => `with asked as materialized (
    select * from jsonb_to_recordset($2::jsonb) as a(id uuid, seq bigint, head_hash text, keys text[], claim_count int,
      rows jsonb, commands jsonb, papers jsonb, seats jsonb,
      new_seq bigint, new_hash text, state text, opened_at timestamptz, closed_at timestamptz,
      state_until timestamptz, polls_until timestamptz)
  ), head as materialized (
    select id, seq, head_hash from session where id = any($1::uuid[]) order by id for no key update ${locked}
  ), good as materialized (
    select claimed.session_id as id from head
      join unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[]) as claimed(session_id, id, person_id, seat)
        on claimed.session_id = head.id
      join ${goodClaims('claimed.session_id')} ${locked}
  ), go as materialized (
    select asked.* from head join asked using (id)
    where head.seq = asked.seq and (head.head_hash = asked.head_hash or asked.seq = 0)
      and (select count(*) from good where good.id = asked.id) = asked.claim_count
      and not exists (select from unnest(asked.keys) as asks(key),
        lateral (select from room_command c where c.session_id = asked.id and c.key = asks.key limit 1) as used)
  ), events as (
    insert into room_event (session_id, seq, at, by, type, payload, personal, salt, commitment, hash)
    select go.id, e.seq, e.at, e.by, e.payload->>'type', e.payload, e.personal, e.salt, e.commitment, e.hash
    from go, jsonb_to_recordset(go.rows) as e(seq bigint, at timestamptz, by text, payload jsonb,
      personal jsonb, salt text, commitment text, hash text)
  ), commands as (
    insert into room_command (session_id, key, actor, body_hash, first_seq, count)
    select go.id, c.key, c.actor, c."bodyHash", c."firstSeq", c.count from go, jsonb_to_recordset(go.commands)
      as c(key text, actor text, "bodyHash" text, "firstSeq" bigint, count int)
  ), fresh as materialized (
    select go.id as session_id, p."pollId" as poll_id, p.paper
    from go, jsonb_to_recordset(go.papers) as p("pollId" uuid, paper jsonb)
  ), stirred as (
    delete from poll_paper where id = any(array(select old.id from (select distinct session_id, poll_id from fresh) as poll,
      lateral (select p.id from poll_paper p where p.session_id = poll.session_id and p.poll_id = poll.poll_id
        order by random() limit ${MOST_STIRRED}) as old))
    returning session_id, poll_id, paper
  ), papers as (
    insert into poll_paper (id, session_id, poll_id, paper)
    select gen_random_uuid(), session_id, poll_id, paper
    from (select * from fresh union all select * from stirred) as laid order by random()
  ), seats as (
    insert into participant (session_id, id, person_id, role, may_write_text, is_removed)
    select go.id, s.* from go, jsonb_to_recordset(go.seats) as s(id uuid, "personId" uuid, role text,
      "mayWriteText" bool, "isRemoved" bool)
  ), moved as (
    update session set seq = go.new_seq, head_hash = go.new_hash, state = go.state, opened_at = go.opened_at,
      closed_at = go.closed_at, state_until = go.state_until, polls_until = go.polls_until
    from go where session.id = go.id
  )
  select head.id, head.seq::float8 as seq, head.head_hash, go.id is not null as is_appended
  from head left join go using (id)`;
const WAITING = textOf('');
const SKIPPING = textOf('skip locked');

/** Written down once, however often it is asked. */
export function toAppend(sessionId: SessionId, { rows, headHash, ...judged }: Rows): Append {
  const { place, batch, keys, claims } = judged;
  const { after, commands, papers } = batch;
  const each = distinct(claims);
  const json = JSON.stringify({
    id: sessionId,
    seq: place.seq,
    head_hash: place.headHash,
    keys,
    claim_count: each.length,
    rows,
    commands,
    papers,
    seats: newSeats(batch),
    new_seq: after.seq,
    new_hash: headHash,
    state: after.state,
    opened_at: after.openedAt,
    closed_at: after.closedAt,
    state_until: after.note?.until ?? null,
    polls_until: firstEnd(after),
  });
  return { sessionId, place, end: { seq: after.seq, headHash }, claims: each, json };
}

/**
 * Locks, comparison, events, commands, papers, new seats and the sessions' rows: one statement, so one round trip and
 * one commit for all of them. Each is appended or left as it was, whatever becomes of the others; null for a session
 * that is not there, or, where nobody is to wait, is locked.
 */
export async function appendRows(
  asker: Asker,
  appends: readonly Append[],
  { isWaiting }: { readonly isWaiting: boolean },
): Promise<readonly (AppendedAt | null)[]> {
  const claims = appends.flatMap(({ sessionId, claims: own }) =>
    own.map((claim) => ({ sessionId, ...claim })),
  );
  const found = await asker.query<Found>({
    name: isWaiting ? 'room-log-append' : 'room-log-append-skip',
    text: isWaiting ? WAITING : SKIPPING,
    values: [
      appends.map(({ sessionId }) => sessionId),
      `[${appends.map(({ json }) => json).join()}]`,
      claims.map(({ sessionId }) => sessionId),
      claims.map(({ signInId }) => signInId),
      claims.map(({ personId }) => personId),
      claims.map(({ seat }) => seat),
    ],
  });
  const heads = new Map(found.rows.map((row) => [row.id, row]));
  return appends.map(({ sessionId, end }) => {
    const row = heads.get(sessionId);
    if (row === undefined) return null;
    return row.is_appended
      ? { isAppended: true, head: end }
      : { isAppended: false, head: placeOf(sessionId, row) };
  });
}

/** Where a session's row says that its log ends. */
export function placeOf(
  sessionId: SessionId,
  { seq, head_hash }: { readonly seq: number; readonly head_hash: string },
): Place {
  return { seq, headHash: seq === 0 ? genesis(sessionId) : head_hash };
}
