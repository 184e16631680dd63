import type { Pool, PoolClient } from 'pg';
import type { ParticipantId, PollId, SessionId } from '../../core/domain/ids.ts';
import {
  byTracker,
  fingerprintOf,
  rootOf,
  type BoxContent,
  type BoxKey,
} from '../../core/domain/polls/box.ts';
import type { Poll } from '../../core/domain/polls/poll.ts';
import { isOver } from '../../core/domain/sessions.ts';
import type { Batch, ClosingBox } from '../ports/room-log.ts';
import { ballotsIn } from './boxes.ts';

type Asker = Pick<PoolClient, 'query'>;

/** The keys that were made for a poll that is to be opened. */
export async function boxKeyOf(tx: Asker, sessionId: SessionId, pollId: PollId): Promise<BoxKey | null> {
  const { rows } = await tx.query<{ spki: Buffer; receipts: Buffer }>(
    'select spki, receipts from poll_key where session_id = $1 and poll_id = $2',
    [sessionId, pollId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const spki = row.spki.toString('base64url');
  return { spki, fingerprint: fingerprintOf(spki), receipts: row.receipts.toString('base64url') };
}

/**
 * Everything in a box that is about to close: whoever casts or takes a token holds the key's row for share, so that all who
 * were acknowledged are in here, and whoever comes later waits and finds no key [B33].
 */
export async function closingBox(tx: Asker, sessionId: SessionId, pollId: PollId): Promise<ClosingBox> {
  const of = [sessionId, pollId];
  await tx.query('select from poll_key where session_id = $1 and poll_id = $2 for update', of);
  const ballots = await ballotsIn(tx, { sessionId, pollId });
  const { rows } = await tx.query<{ voter: ParticipantId }>(
    'select voter from poll_issue where session_id = $1 and poll_id = $2 order by voter',
    of,
  );
  const roster = rows.map(({ voter }) => voter);
  const sum = { issued: roster.length, cast: ballots.length, root: rootOf(pollId, ballots) };
  return { papers: ballots.map(({ paper }) => paper), box: { ...sum, roster } };
}

/**
 * With the close the key is destroyed, it is forgotten in which order tokens were taken, and the ballots are laid down anew, in
 * random order, in one transaction [B33]. A session that is over keeps no key of a poll that was never closed.
 */
export async function closeBoxes(tx: Asker, sessionId: SessionId, batch: Batch): Promise<void> {
  await endBoxes(tx, sessionId, batch);
  for (const pollId of batch.closedBoxes) {
    const of = [sessionId, pollId];
    await tx.query('delete from poll_key where session_id = $1 and poll_id = $2', of);
    await tx.query('delete from poll_issue where session_id = $1 and poll_id = $2', of);
    await tx.query(
      `with gone as (
         delete from poll_ballot where session_id = $1 and poll_id = $2 returning nullifier, msg, sig, paper
       )
       insert into poll_ballot (session_id, poll_id, nullifier, msg, sig, paper)
       select $1, $2, nullifier, msg, sig, paper from gone order by random()`,
      of,
    );
  }
  if (!endsSession(batch)) return;
  await tx.query(
    `with gone as (delete from poll_key where session_id = $1 returning poll_id), unissued as (
       delete from poll_issue where session_id = $1 and poll_id in (select poll_id from gone)
     )
     delete from poll_ballot where session_id = $1 and poll_id in (select poll_id from gone)`,
    [sessionId],
  );
}

/**
 * What lies in the boxes of closed polls, for the sealed record [B50]: ballots as they are in the rows, roster and root as the chain
 * was told of them.
 */
export async function sealedBoxes(
  tx: Asker,
  sessionId: SessionId,
  polls: readonly Poll[],
): Promise<Readonly<Record<PollId, BoxContent>>> {
  const boxes: Record<PollId, BoxContent> = {};
  for (const poll of polls) {
    if (poll.phase !== 'closed' || poll.box === undefined) continue;
    const { id } = poll.draft;
    const ballots = byTracker(id, await ballotsIn(tx, { sessionId, pollId: id }));
    boxes[id] = { roster: [...poll.box.roster], root: poll.box.root, ballots };
  }
  return boxes;
}

/** Whether a poll with a box begins to end with this batch. */
export function endsBoxes({ envelopes }: Batch): boolean {
  return envelopes.some(({ event }) => event.type === 'poll:ending');
}

/** No token is signed from the host's word on, by any process; what has one is still taken [B35]. */
async function endBoxes(tx: Asker, sessionId: SessionId, { envelopes }: Batch): Promise<void> {
  for (const { event } of envelopes)
    if (event.type === 'poll:ending')
      await tx.query("update poll_key set sealed = '' where session_id = $1 and poll_id = $2", [
        sessionId,
        event.pollId,
      ]);
}

/** Whether the session is over with this batch. */
export function endsSession({ before, after }: Batch): boolean {
  return isOver(after.state) && !isOver(before.state);
}

/**
 * What was deleted stays on the disk until a vacuum: a key that could still sign, ballots in the order in which they came.
 * Nobody waits for it; when it fails, PostgreSQL's own vacuum comes by later.
 */
export function wipeOldBoxes(pool: Pool): void {
  void pool.query('vacuum poll_key, poll_issue, poll_ballot').catch(() => undefined);
}
