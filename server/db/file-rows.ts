import type { PoolClient } from 'pg';
import type { FileId, SessionId } from '../../core/domain/ids.ts';
import type { StoredFile } from '../ports/files.ts';

export type Asker = Pick<PoolClient, 'query'>;

const COLUMNS = `id, use, kind, size_bytes as "sizeBytes", sha256, used_for as "usedFor", person_id as "personId",
  sent_sha256 as "sentSha256", width, height, coalesce(length(thumb), 0) as "thumbBytes"`;

/** What is known of a file of a session, without its bytes. */
export async function findFile(asker: Asker, sessionId: SessionId, id: FileId): Promise<StoredFile | null> {
  const { rows } = await asker.query<StoredFile>(
    `select ${COLUMNS} from session_file where id = $1 and session_id = $2`,
    [id, sessionId],
  );
  return rows[0] ?? null;
}
