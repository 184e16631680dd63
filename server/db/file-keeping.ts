import type { Pool, PoolClient } from 'pg';
import { isSentAgain } from '../../core/domain/files.ts';
import type { PersonId, SessionId } from '../../core/domain/ids.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { AppError } from '../app-error.ts';
import type { NewFile, StoredFile } from '../ports/files.ts';
import { withTransaction } from './client.ts';
import { findFile } from './file-rows.ts';

/** Keeps a file: committed when it returns. The same file of the same person under the same id is there already. */
export function keepFile(pool: Pool, file: NewFile): Promise<StoredFile> {
  return withTransaction(pool, (tx) => keep(tx, file));
}

/** One at a time in a session, so that what is counted stays so. Under somebody else's id nothing is written over. */
async function keep(tx: PoolClient, file: NewFile): Promise<StoredFile> {
  const { id, sessionId } = file;
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('files of ' || $1::text, 0))`, [sessionId]);
  const known = await findFile(tx, sessionId, id);
  if (known !== null) {
    if (isSentAgain(known, file)) return known;
    throw new AppError('ID_TAKEN');
  }
  await makeRoom(tx, file);
  const { rowCount } = await tx.query(
    `insert into session_file
       (id, session_id, person_id, use, kind, size_bytes, sha256, sent_sha256, width, height, data, thumb)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing`,
    [
      id,
      sessionId,
      file.personId,
      file.use,
      file.kind,
      file.sizeBytes,
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
  const kept = await findFile(tx, sessionId, id);
  if (kept === null) throw new Error('a file that was written is not there');
  return kept;
}

/**
 * Counted is what is kept of this use now: what was taken back, withdrawn, refused for good or erased is not there any
 * more. Throws FILES_FULL, PICTURES_FULL, OWN_PICTURES_FULL.
 */
async function makeRoom(tx: PoolClient, file: NewFile): Promise<void> {
  const { sessionId, personId, use } = file;
  await pushOut(tx, { sessionId, personId, use });
  const { rows } = await tx.query<{ all: string; own: string }>(
    `select coalesce(sum(size_bytes + coalesce(length(thumb), 0)), 0) as all,
       coalesce(sum(size_bytes + coalesce(length(thumb), 0)) filter (where person_id = $2), 0) as own
     from session_file where session_id = $1 and use = $3`,
    [sessionId, personId, use],
  );
  const more = file.sizeBytes + (file.thumb?.byteLength ?? 0);
  const [all, own] = [Number(rows[0]?.all) + more, Number(rows[0]?.own) + more];
  if (use === 'material') {
    if (all > LIMITS.materialsBytes) throw new AppError('FILES_FULL');
    return;
  }
  const megabytes = LIMITS.picturesEachBytes / 1024 / 1024;
  if (own > LIMITS.picturesEachBytes) throw new AppError('OWN_PICTURES_FULL', { details: { megabytes } });
  if (all > LIMITS.picturesBytes) throw new AppError('PICTURES_FULL');
}

/** Whoever has as many that stand nowhere as they may loses the one that was asked for the longest time ago. */
async function pushOut(
  tx: PoolClient,
  { sessionId, personId, use }: { sessionId: SessionId; personId: PersonId; use: NewFile['use'] },
): Promise<void> {
  // Whoever names one of them in this moment holds its row: it is left alone, and not waited for.
  await tx.query(
    `delete from session_file where id = any(array(
       select id from session_file
       where session_id = $1 and person_id = $2 and use = $3 and used_for is null
       order by touched_at desc, id offset $4 for update skip locked))`,
    [sessionId, personId, use, LIMITS.filesWaitingEach - 1],
  );
}
