import type { PoolClient } from 'pg';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Batch } from '../ports/room-log.ts';
import { leftBy } from './file-forgetting.ts';
import { usesOf } from './files.ts';
import { endsBoxes, endsSession, sealedBoxes } from './room-log-boxes.ts';
import { changesSeats } from './room-log-seats.ts';

/** Whether a batch is nothing but new rows: no seat, text, archive, file or old paper changes with it. */
export function isOnlyRows(batch: Batch): boolean {
  const left = leftBy(batch);
  return (
    batch.outcome === null &&
    batch.closedSecretPolls.length === 0 &&
    batch.closedBoxes.length === 0 &&
    !endsBoxes(batch) &&
    !endsSession(batch) &&
    !changesSeats(batch) &&
    !opensSession(batch) &&
    !revisesPlan(batch) &&
    usesOf(batch.envelopes).length === 0 &&
    left.views.length + left.materials.length === 0
  );
}

/** Whether the text becomes writable with this batch. */
export function opensSession({ envelopes }: Batch): boolean {
  return envelopes.some(({ event }) => event.type === 'session:opened' || event.type === 'session:reopened');
}

function revisesPlan({ envelopes }: Batch): boolean {
  return envelopes.some(({ event }) => event.type === 'session:revised');
}

/** What lists show of a plan follows it when it is revised; whose plan it is, whoever wrote it last [S7]. */
export async function rewritePlan(tx: PoolClient, sessionId: SessionId, batch: Batch): Promise<void> {
  const { plan } = batch.after;
  if (plan === null || !revisesPlan(batch)) return;
  const last = batch.envelopes.findLast(({ event }) => event.type === 'session:revised')?.seq ?? 0;
  const reviser = batch.commands.find(({ firstSeq, count }) => firstSeq <= last && last < firstSeq + count);
  await tx.query(
    `update session set title = $2, mode = $3, starts_at = $4, planned_by = coalesce($5, planned_by)
     where id = $1`,
    [sessionId, plan.title, plan.mode, plan.startsAt ?? null, reviser?.actor ?? null],
  );
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

/** The sealed record: the room as it was folded, the text, the ballot boxes, and the hashes that vouch for them. */
export async function insertArchive(
  tx: PoolClient,
  sessionId: SessionId,
  { batch, headHash }: { batch: Batch; headHash: string },
): Promise<void> {
  const { after, outcome } = batch;
  if (outcome === null) return;
  await tx.query(
    `insert into archive (session_id, sealed_at, seq, head_hash, room, outcome, outcome_hash, boxes)
     values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8::jsonb)`,
    [
      sessionId,
      after.closedAt,
      after.seq,
      headHash,
      JSON.stringify(after),
      JSON.stringify(outcome.outcome),
      outcome.sha256,
      JSON.stringify(await sealedBoxes(tx, sessionId, after.polls)),
    ],
  );
}
