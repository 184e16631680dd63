import type { Pool, PoolClient } from 'pg';
import type { SentFile } from '../../core/domain/files.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { FileId, ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { AppError } from '../app-error.ts';
import type { FileStore, NewFile, StoredFile } from '../ports/files.ts';
import { withTransaction } from './client.ts';
import { throughStorage } from './storage-fault.ts';

type Asker = Pick<PoolClient, 'query'>;

const COLUMNS = `id, use, kind, size_bytes as "sizeBytes", sha256, used_for as "usedFor", person_id as "personId",
  sent_sha256 as "sentSha256", width, height, coalesce(length(thumb), 0) as "thumbBytes"`;
/** So many strays are deleted at once that nobody waits for them. */
const PIECE = 100;

/** Files of sessions in PostgreSQL: a backup has them, and every process of an installation. */
export function createFileStore(pool: Pool): FileStore {
  return throughStorage<FileStore>({
    find: (sessionId, id) => find(pool, sessionId, id),
    keep: (file) => withTransaction(pool, (tx) => keep(tx, file)),
    slice: async (id, part, from, length) => {
      const { rows } = await pool.query<{ piece: Buffer }>(
        `select substring(${part === 'thumb' ? 'thumb' : 'data'} from $2 for $3) as piece from session_file where id = $1`,
        [id, from + 1, length],
      );
      return rows[0]?.piece ?? Buffer.alloc(0);
    },
    opened: async (id, reader) => {
      await pool.query(
        'insert into material_reader (file_id, participant_id) values ($1, $2) on conflict do nothing',
        [id, reader],
      );
    },
    readers: async (sessionId, me) => {
      const { rows } = await pool.query<{
        fileId: FileId;
        count: number;
        isMine: boolean;
        readers: ParticipantId[];
      }>(
        `select f.id as "fileId", count(*)::int as count, bool_or(r.participant_id = $2::uuid) is true as "isMine",
           array_agg(r.participant_id::text order by r.at, r.participant_id) as readers
         from session_file f join material_reader r on r.file_id = f.id
         where f.session_id = $1 group by f.id`,
        [sessionId, me],
      );
      return rows;
    },
    deleteStrays: (hours) => deleteStrays(pool, hours),
  });
}

async function find(asker: Asker, sessionId: SessionId, id: FileId): Promise<StoredFile | null> {
  const { rows } = await asker.query<StoredFile>(
    `select ${COLUMNS} from session_file where id = $1 and session_id = $2`,
    [id, sessionId],
  );
  return rows[0] ?? null;
}

/**
 * One at a time in a session, so that what is counted stays so. The same file of the same person under the same id is
 * there already; under somebody else's id nothing is written over.
 */
async function keep(tx: PoolClient, file: NewFile): Promise<StoredFile> {
  const { id, sessionId, personId, sizeBytes } = file;
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('files of ' || $1::text, 0))`, [sessionId]);
  const known = await find(tx, sessionId, id);
  if (known !== null) {
    const isSame =
      known.personId === personId && known.sentSha256 === file.sentSha256 && known.use === file.use;
    if (isSame) return known;
    throw new AppError('ID_TAKEN');
  }
  const { rows } = await tx.query<{ bytes: string; waiting: number }>(
    `select coalesce(sum(size_bytes), 0) as bytes,
       count(*) filter (where used_for is null and person_id = $2)::int as waiting
     from session_file where session_id = $1`,
    [sessionId, personId],
  );
  const { bytes = '0', waiting = 0 } = rows[0] ?? {};
  if (waiting >= LIMITS.filesWaitingEach)
    throw new AppError('FILES_WAITING', { details: { max: LIMITS.filesWaitingEach } });
  if (Number(bytes) + sizeBytes > LIMITS.sessionFileBytes) throw new AppError('FILES_FULL');
  const { rowCount } = await tx.query(
    `insert into session_file
       (id, session_id, person_id, use, kind, size_bytes, sha256, sent_sha256, width, height, data, thumb)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing`,
    [
      id,
      sessionId,
      personId,
      file.use,
      file.kind,
      sizeBytes,
      file.sha256,
      file.sentSha256,
      file.width,
      file.height,
      file.data,
      file.thumb,
    ],
  );
  // Under this id there is one in another session.
  if (rowCount !== 1) throw new AppError('ID_TAKEN');
  const kept = await find(tx, sessionId, id);
  if (kept === null) throw new Error('a file that was written is not there');
  return kept;
}

async function deleteStrays(pool: Pool, hours: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    // Whoever names one of them in this moment holds its row: it is left alone, and not waited for.
    const { rowCount } = await pool.query(
      `delete from session_file where id = any(array(
         select id from session_file where used_for is null and created_at < now() - make_interval(hours => $1)
         order by created_at limit ${PIECE} for update skip locked))`,
      [hours],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < PIECE) return deleted;
  }
}

/**
 * Deletes pictures of which the words are erased from the log, in the transaction that erases [J4]: whatever no personal
 * part of a view names any more. Pictures that stand nowhere yet go by the clock.
 */
export async function forgetPictures(tx: Asker, sessionId: SessionId): Promise<void> {
  await tx.query(
    `delete from session_file where session_id = $1 and use = 'picture' and used_for is not null
     and id::text not in (
       select found[1] from room_event, regexp_matches(personal::text, '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') as found
       where session_id = $1 and personal is not null
       and type in ('view:posted', 'view:passed', 'view:held', 'view:hidden', 'view:restored'))`,
    [sessionId],
  );
}

/** Files that somebody has sent to a session, held until this transaction ends: nobody uses or deletes them meanwhile. */
export async function sentFiles(
  tx: Asker,
  sessionId: SessionId,
  asked: { readonly ids: readonly FileId[]; readonly personId: string },
): Promise<readonly SentFile[]> {
  const { rows } = await tx.query<SentFile>(
    `select id, use, kind, size_bytes as "sizeBytes", sha256, used_for as "usedFor" from session_file
     where session_id = $1 and id = any($2::uuid[]) and person_id = $3::uuid order by id for no key update`,
    [sessionId, asked.ids, asked.personId],
  );
  return rows;
}

/** What files a batch of events uses, and what for. */
export function usesOf(envelopes: readonly Envelope[]): readonly { id: FileId; usedFor: string }[] {
  return envelopes.flatMap(({ event }) => {
    if (event.type === 'material:added') return [{ id: event.material.id, usedFor: event.material.id }];
    const view = event.type === 'view:posted' ? event.view : event.type === 'view:held' ? event.held : null;
    return (view?.pictures ?? []).map(({ id }) => ({ id, usedFor: view?.id ?? id }));
  });
}

/** Files stand where the events of this transaction say: from now on they are no strays. */
export async function useFiles(
  tx: Asker,
  sessionId: SessionId,
  envelopes: readonly Envelope[],
): Promise<void> {
  for (const { id, usedFor } of usesOf(envelopes)) {
    const { rowCount } = await tx.query(
      'update session_file set used_for = $3 where session_id = $1 and id = $2',
      [sessionId, id, usedFor],
    );
    if (rowCount !== 1) throw new Error('a file that an event names is not there');
  }
}
