import type { Pool } from 'pg';
import type { SentFile } from '../../core/domain/files.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { FileId, ParticipantId, SessionId } from '../../core/domain/ids.ts';
import type { FileStore } from '../ports/files.ts';
import { deleteStrays } from './file-forgetting.ts';
import { keepFile } from './file-keeping.ts';
import { findFile, type Asker } from './file-rows.ts';
import { throughStorage } from './storage-fault.ts';

/** Files of sessions in PostgreSQL: a backup has them, and every process of an installation. */
export function createFileStore(pool: Pool): FileStore {
  return throughStorage<FileStore>({
    find: (sessionId, id) => findFile(pool, sessionId, id),
    keep: (file) => keepFile(pool, file),
    touch: async (id) => {
      await pool.query('update session_file set touched_at = now() where id = $1 and used_for is null', [id]);
    },
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

/** Files that somebody has sent to a session, held until this transaction ends: nobody uses or deletes them meanwhile. */
export async function sentFiles(
  tx: Asker,
  sessionId: SessionId,
  asked: { readonly ids: readonly FileId[]; readonly personId: string },
): Promise<readonly SentFile[]> {
  const { rows } = await tx.query<SentFile>(
    `select id, use, kind, size_bytes as "sizeBytes", sha256, used_for as "usedFor", width, height
     from session_file
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
