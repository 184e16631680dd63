import type { PoolClient } from 'pg';
import type { LogRow } from '../../core/domain/chain.ts';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { chair } from '../../core/domain/room/guards.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { Batch } from '../ports/room-log.ts';
import type { Ids } from '../ports/ids.ts';

/** Events, commands and the session's row, in one statement. */
export async function insertRows(
  tx: PoolClient,
  sessionId: SessionId,
  { rows, headHash, batch }: { rows: readonly LogRow[]; headHash: string; batch: Batch },
): Promise<void> {
  const { commands, after } = batch;
  await tx.query({
    name: 'room-log-append',
    text: `with events as (
        insert into room_event (session_id, seq, at, by, type, payload, personal, salt, commitment, hash)
        select $1, e.seq, e.at, e.by, e.payload::jsonb->>'type', e.payload::jsonb, e.personal::jsonb, e.salt, e.commitment, e.hash
        from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
          as e(seq, at, by, payload, personal, salt, commitment, hash)
      ), commands as (
        insert into room_command (session_id, key, actor, body_hash, first_seq, count)
        select $1, c.key, c.actor, c.body_hash, c.first_seq, c.count
        from unnest($10::text[], $11::text[], $12::text[], $13::bigint[], $14::int[])
          as c(key, actor, body_hash, first_seq, count)
      )
      update session set seq = $15, head_hash = $16, state = $17, opened_at = $18, closed_at = $19 where id = $1`,
    values: [
      sessionId,
      rows.map((row) => row.seq),
      rows.map((row) => row.at),
      rows.map((row) => row.by),
      rows.map((row) => JSON.stringify(row.payload)),
      rows.map((row) => (row.personal === null ? null : JSON.stringify(row.personal))),
      rows.map((row) => row.salt),
      rows.map((row) => row.commitment),
      rows.map((row) => row.hash),
      commands.map((command) => command.key),
      commands.map((command) => command.actor),
      commands.map((command) => command.bodyHash),
      commands.map((command) => command.firstSeq),
      commands.map((command) => command.count),
      after.seq,
      headHash,
      after.state,
      after.openedAt,
      after.closedAt,
    ],
  });
}

/** Keeps the table of participants equal to the room, so that SQL can ask for authority [P2]. */
export async function projectPeople(tx: PoolClient, sessionId: SessionId, batch: Batch): Promise<void> {
  const { before, after, people } = batch;
  const ids = changedSeats(batch);
  const added = ids.filter((id) => !Object.hasOwn(before.participants, id));
  const edited = ids.filter((id) => Object.hasOwn(before.participants, id));
  if (added.length > 0) {
    await tx.query(
      `insert into participant (session_id, id, person_id, role, may_write_text, is_removed)
       select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bool[], $6::bool[])`,
      [sessionId, added, added.map((id) => people.get(id) ?? null), ...seatColumns(after, added)],
    );
  }
  if (edited.length > 0) {
    await tx.query(
      `update participant p set role = e.role, may_write_text = e.may_write_text, is_removed = e.is_removed
       from unnest($2::uuid[], $3::text[], $4::bool[], $5::bool[]) as e(id, role, may_write_text, is_removed)
       where p.session_id = $1 and p.id = e.id`,
      [sessionId, edited, ...seatColumns(after, edited)],
    );
  }
}

/** Lays papers of secret ballots down: random ids, shuffled, so that their order says nothing [B5]. */
export async function insertPapers(
  tx: PoolClient,
  sessionId: SessionId,
  { batch, ids }: { batch: Batch; ids: Ids },
): Promise<void> {
  const { papers, closedSecretPolls } = batch;
  if (papers.length > 0) {
    await tx.query(
      `insert into poll_paper (id, session_id, poll_id, paper)
       select p.id, $1, p.poll_id, p.paper::jsonb from unnest($2::uuid[], $3::uuid[], $4::text[]) as p(id, poll_id, paper)
       order by random()`,
      [
        sessionId,
        papers.map(() => ids.uuid()),
        papers.map(({ pollId }) => pollId),
        papers.map(({ paper }) => JSON.stringify(paper)),
      ],
    );
  }
  for (const pollId of closedSecretPolls) {
    // Until now a paper shares its transaction id, and its place on disk, with the event that says who voted.
    await tx.query(
      `with gone as (delete from poll_paper where session_id = $1 and poll_id = $2 returning paper)
       insert into poll_paper (id, session_id, poll_id, paper)
       select gen_random_uuid(), $1, $2, paper from gone order by random()`,
      [sessionId, pollId],
    );
  }
}

/** The sealed record: the room as it was folded, the text, and the hashes that vouch for both. */
export async function insertArchive(
  tx: PoolClient,
  sessionId: SessionId,
  { batch, headHash }: { batch: Batch; headHash: string },
): Promise<void> {
  const { after, outcome } = batch;
  if (outcome === null) return;
  await tx.query(
    `insert into archive (session_id, sealed_at, seq, head_hash, room, outcome, outcome_hash)
     values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)`,
    [
      sessionId,
      after.closedAt,
      after.seq,
      headHash,
      JSON.stringify(after),
      JSON.stringify(outcome.outcome),
      outcome.sha256,
    ],
  );
}

/** Seats whose row may differ now; the chair is among them because it may write the text without a role for it. */
function changedSeats({ before, after, envelopes }: Batch): ParticipantId[] {
  const ids = new Set<ParticipantId>();
  for (const { event } of envelopes) {
    if (event.type === 'participant:added') ids.add(event.participant.id);
    if (event.type === 'participant:changed' || event.type === 'participant:removed')
      ids.add(event.participantId);
    if (event.type === 'host:named') ids.add(event.participantId);
  }
  const [chairBefore, chairAfter] = [chair(before), chair(after)];
  if (chairBefore !== chairAfter) {
    if (chairBefore !== null) ids.add(chairBefore);
    if (chairAfter !== null) ids.add(chairAfter);
  }
  return [...ids];
}

function seatColumns(room: Room, ids: readonly ParticipantId[]) {
  const holder = chair(room);
  const seats = ids.map((id) => room.participants[id]);
  return [
    seats.map((seat) => seat?.role ?? ''),
    seats.map((seat) => seat?.removedAt === null && (may(seat.role, 'text:write') || seat.id === holder)),
    seats.map((seat) => seat?.removedAt !== null),
  ];
}
