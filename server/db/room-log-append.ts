import type { PoolClient } from 'pg';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { chair } from '../../core/domain/room/guards.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { Batch } from '../ports/room-log.ts';

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

/** Whether a batch is nothing but rows: no seat, text, archive or old paper changes with it. */
export function isOnlyRows(batch: Batch): boolean {
  return (
    batch.outcome === null &&
    batch.closedSecretPolls.length === 0 &&
    changedSeats(batch).length === 0 &&
    !opensSession(batch)
  );
}

/** Whether the text becomes writable with this batch. */
export function opensSession({ envelopes }: Batch): boolean {
  return envelopes.some(({ event }) => event.type === 'session:opened');
}

/**
 * Lays the papers of closed polls down anew: until now each shares its transaction id, and its place on disk, with
 * the event that says who voted [B5].
 */
export async function shufflePapers(
  tx: PoolClient,
  sessionId: SessionId,
  { closedSecretPolls }: Batch,
): Promise<void> {
  for (const pollId of closedSecretPolls) {
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
