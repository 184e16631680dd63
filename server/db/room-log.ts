import type { Pool, PoolClient } from 'pg';
import { toEnvelope } from '../../core/domain/chain.ts';
import type { DocumentId, SessionId } from '../../core/domain/ids.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { AppError } from '../app-error.ts';
import type { Ids } from '../ports/ids.ts';
import type { Batch, LockedLog, RoomLog, SeatHolder, StoredCommand } from '../ports/room-log.ts';
import type { Texts } from '../ports/texts.ts';
import { areGood } from './claims.ts';
import { withTransaction } from './client.ts';
import { forgetLeft, leftBy } from './file-forgetting.ts';
import { sentFiles, useFiles } from './files.ts';
import { createLane, sharesOf } from './lane.ts';
import { insertArchive, isOnlyRows, opensSession, rewritePlan, shufflePapers } from './room-log-append.ts';
import { boxKeyOf, closeBoxes, closingBox, endsBoxes, wipeOldBoxes } from './room-log-boxes.ts';
import { chainRows, COLUMNS, type StoredRow } from './room-log-rows.ts';
import { updateSeats } from './room-log-seats.ts';
import { createAppending } from './room-log-appending.ts';
import { appendRows, placeOf, toAppend } from './room-log-statement.ts';
import { askAtomically, askStorage } from './storage-fault.ts';

type Ports = { readonly pool: Pool; readonly texts: Texts; readonly ids: Ids };

type Asker = Pick<PoolClient, 'query'>;
type LockRow = {
  readonly seq: number;
  readonly head_hash: string;
  readonly erased_at: Date | null;
  readonly document_id: DocumentId;
};

/** The log of sessions in PostgreSQL, written in batches through plain SQL. It never takes the whole pool. */
export function createRoomLog(ports: Ports): RoomLog {
  const { pool } = ports;
  const shares = sharesOf(pool);
  const [waitingLane, readLane] = [createLane(shares.alone), createLane(shares.reads)];
  const appendInGroup = createAppending(pool, waitingLane);
  const readAfter = (sessionId: SessionId, after: number, limit: number) =>
    readLane(() => askStorage(() => rowsAfter(pool, sessionId, { after, limit })));
  return {
    withLock: async (sessionId, work) => {
      let [hasOldPapers, hasOldBoxes] = [false, false];
      const ask = async (tx: PoolClient) => {
        const log = lockedLog({ tx, sessionId, row: await lock(tx, sessionId), ports });
        const append = async (batch: Batch) => {
          hasOldPapers = batch.closedSecretPolls.length > 0;
          hasOldBoxes = batch.closedBoxes.length > 0 || endsBoxes(batch);
          return await log.append(batch);
        };
        return await work({ ...log, append });
      };
      const value = await waitingLane(() => askAtomically(() => withTransaction(pool, ask)));
      if (hasOldPapers) wipeOldPapers(pool);
      if (hasOldBoxes) wipeOldBoxes(pool);
      return value;
    },
    appendAt: async (sessionId, place, { batch, keys, claims }) => {
      if (!isOnlyRows(batch)) return { isAppended: false, head: place };
      const chained = chainRows(place.headHash, batch.envelopes, ports.ids.salt);
      const append = toAppend(sessionId, { place, batch, keys, claims, ...chained });
      return await askAtomically(() => appendInGroup(append));
    },
    eventsAfter: async (...asked) => (await readAfter(...asked)).map(toEnvelope),
    rowsAfter: readAfter,
    heads: async (sessionIds) => {
      const { rows } = await askStorage(() =>
        pool.query<{ id: SessionId; seq: number; head_hash: string; erased_at: Date | null }>(
          'select id, seq::float8 as seq, head_hash, erased_at from session where id = any($1::uuid[])',
          [sessionIds],
        ),
      );
      return new Map(
        rows.map(({ id, seq, head_hash, erased_at }) => {
          return [id, { ...placeOf(id, { seq, head_hash }), erasedAt: erased_at?.toISOString() ?? null }];
        }),
      );
    },
  };
}

/**
 * What was deleted stays on the disk, beside the transaction that joins it with a voter, until a vacuum [B5].
 * Nobody waits for it; when it fails, PostgreSQL's own vacuum comes by later.
 */
function wipeOldPapers(pool: Pool): void {
  void pool.query('vacuum poll_paper').catch(() => undefined);
}

// NO KEY: strict against other batches, but rows that merely refer to the session (links) need not wait.
async function lock(tx: Asker, sessionId: SessionId): Promise<LockRow> {
  const { rows } = await tx.query<LockRow>({
    name: 'room-log-lock',
    text: `select seq::float8 as seq, head_hash, erased_at, document_id from session
           where id = $1 for no key update`,
    values: [sessionId],
  });
  const row = rows[0];
  if (row === undefined) throw new AppError('SESSION_UNKNOWN');
  return row;
}

function lockedLog({
  tx,
  sessionId,
  row,
  ports,
}: {
  tx: PoolClient;
  sessionId: SessionId;
  row: LockRow;
  ports: Ports;
}): LockedLog {
  const documentId = row.document_id;
  return {
    ...placeOf(sessionId, row),
    erasedAt: row.erased_at?.toISOString() ?? null,
    documentId,
    rowsAfter: (after, limit) => rowsAfter(tx, sessionId, { after, limit }),
    eventsBetween: async (ranges) => {
      const seqs = ranges.flatMap(({ firstSeq, count }) =>
        Array.from({ length: count }, (_, i) => firstSeq + i),
      );
      if (seqs.length === 0) return new Map();
      const { rows } = await tx.query<StoredRow>(
        `select ${COLUMNS} from room_event where session_id = $1 and seq = any($2::bigint[])`,
        [sessionId, seqs],
      );
      return new Map(rows.map((stored) => [stored.seq, toEnvelope(stored)]));
    },
    commandsByKeys: async (keys) => {
      const { rows } = await tx.query<StoredCommand>({
        name: 'room-log-keys',
        text: `select key, actor, body_hash as "bodyHash", first_seq::float8 as "firstSeq", count
               from room_command where session_id = $1 and key = any($2::text[])`,
        values: [sessionId, keys],
      });
      return rows;
    },
    areGood: (claims) => areGood(tx, sessionId, claims),
    holders: (people) => holders(tx, sessionId, people),
    papersOf: async (pollId) => {
      const { rows } = await tx.query<{ paper: Paper }>(
        'select paper from poll_paper where session_id = $1 and poll_id = $2 order by random()',
        [sessionId, pollId],
      );
      return rows.map(({ paper }) => paper);
    },
    boxKeyOf: (pollId) => boxKeyOf(tx, sessionId, pollId),
    closingBox: (pollId) => closingBox(tx, sessionId, pollId),
    reviewBy: (personId) => reviewBy(tx, sessionId, personId),
    filesOf: (ids, personId) => sentFiles(tx, sessionId, { ids, personId }),
    sealText: () => ports.texts.seal(tx, documentId),
    append: (batch) => append({ tx, sessionId, row, ports }, batch),
  };
}

async function append(
  { tx, sessionId, row, ports }: { tx: PoolClient; sessionId: SessionId; row: LockRow; ports: Ports },
  batch: Batch,
): Promise<string> {
  const place = placeOf(sessionId, row);
  const chained = chainRows(place.headHash, batch.envelopes, ports.ids.salt);
  // Keys and claims were asked under this lock already.
  const rows = { place, batch, keys: [], claims: [], ...chained };
  const [appended] = await appendRows(tx, [toAppend(sessionId, rows)], { isWaiting: true });
  if (appended?.isAppended !== true) throw new Error('a log moved under its lock');
  await updateSeats(tx, sessionId, batch);
  await shufflePapers(tx, sessionId, batch);
  await closeBoxes(tx, sessionId, batch);
  if (opensSession(batch)) await ports.texts.setWritable(tx, row.document_id, true);
  await useFiles(tx, sessionId, batch.envelopes);
  await forgetLeft(tx, sessionId, leftBy(batch));
  await rewritePlan(tx, sessionId, batch);
  await insertArchive(tx, sessionId, { batch, headHash: chained.headHash });
  return chained.headHash;
}

async function rowsAfter(
  asker: Asker,
  sessionId: SessionId,
  { after, limit }: { after: number; limit: number },
): Promise<StoredRow[]> {
  const { rows } = await asker.query<StoredRow>({
    name: 'room-log-after',
    text: `select ${COLUMNS} from room_event where session_id = $1 and seq > $2 order by seq limit $3`,
    values: [sessionId, after, limit],
  });
  return rows;
}

async function reviewBy(
  tx: Asker,
  sessionId: SessionId,
  personId: string,
): Promise<{ isOwn: boolean; hasOthers: boolean }> {
  const { rows } = await tx.query<{ is_own: boolean; has_others: boolean }>(
    `select session.planned_by is not distinct from $2::uuid as is_own, exists (
       select from person where person.org_id = session.org_id and office = 'admin' and disabled_at is null
         and person.id <> $2::uuid) as has_others
     from session where session.id = $1`,
    [sessionId, personId],
  );
  return { isOwn: rows[0]?.is_own === true, hasOthers: rows[0]?.has_others === true };
}

async function holders(
  tx: Asker,
  sessionId: SessionId,
  people: readonly SeatHolder['personId'][],
): Promise<SeatHolder[]> {
  const { rows } = await tx.query<{
    person_id: SeatHolder['personId'];
    participant_id: NonNullable<SeatHolder['seat']>['participantId'] | null;
    is_removed: boolean | null;
  }>(
    `select person.id as person_id, participant.id as participant_id, participant.is_removed
     from person left join participant on participant.person_id = person.id and participant.session_id = $1
     where person.id = any($2::uuid[])`,
    [sessionId, people],
  );
  return rows.map((row) => ({
    personId: row.person_id,
    seat:
      row.participant_id === null
        ? null
        : { participantId: row.participant_id, isRemoved: row.is_removed === true },
  }));
}
