import type { Pool } from 'pg';
import type { SessionId } from '../../core/domain/ids.ts';
import { viewsWithoutPictures } from '../../core/domain/room/view-pictures.ts';
import type { Batch } from '../ports/room-log.ts';
import type { Asker } from './file-rows.ts';

// Everything that deletes bytes of files stands here, but for a stray that a newer one pushes out (file-keeping.ts).

/** So many strays are deleted at once that nobody waits for them. */
const PIECE = 100;

/** What stood in these views and materials is read by nobody any more. */
type Left = { readonly views: readonly string[]; readonly materials: readonly string[] };

/** What a batch of events leaves without anybody who reads it [J5] [Y2]. */
export function leftBy({ before, after, envelopes }: Batch): Left {
  const events = envelopes.map(({ event }) => event);
  return {
    views: viewsWithoutPictures(before, after, events),
    materials: events.flatMap((event) => (event.type === 'material:withdrawn' ? [event.materialId] : [])),
  };
}

/**
 * Deletes it in the transaction that appends the events. Of a material the row stays without bytes, because who has opened
 * it is counted by it [Y4].
 */
export async function forgetLeft(tx: Asker, sessionId: SessionId, { views, materials }: Left): Promise<void> {
  if (views.length > 0)
    await tx.query(
      `delete from session_file where session_id = $1 and use = 'picture' and used_for = any($2::uuid[])`,
      [sessionId, views],
    );
  if (materials.length > 0)
    await tx.query(
      `update session_file set data = '', thumb = null, size_bytes = 0, sent_sha256 = ''
       where session_id = $1 and use = 'material' and id = any($2::uuid[])`,
      [sessionId, materials],
    );
}

/**
 * Deletes pictures in the transaction that erases people [J4]: all that these have sent, posted or not, because a picture
 * may show who they are; and those of which the words are erased from the log, that is, that no personal part of a view
 * names any more.
 */
export async function forgetPictures(
  tx: Asker,
  sessionId: SessionId,
  seats: readonly string[],
): Promise<void> {
  await tx.query(
    `delete from session_file where session_id = $1 and use = 'picture' and person_id in (
       select person_id from participant where session_id = $1 and id = any($2::uuid[]))`,
    [sessionId, seats],
  );
  await tx.query(
    `delete from session_file where session_id = $1 and use = 'picture' and used_for is not null
     and id::text not in (
       select found[1] from room_event, regexp_matches(personal::text, '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') as found
       where session_id = $1 and personal is not null
       and type in ('view:posted', 'view:passed', 'view:held', 'view:hidden', 'view:restored'))`,
    [sessionId],
  );
}

/** Deletes what stands nowhere and was not asked for in so many hours. How many there were. */
export async function deleteStrays(pool: Pool, hours: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    // Whoever names one of them in this moment holds its row: it is left alone, and not waited for.
    const { rowCount } = await pool.query(
      `delete from session_file where id = any(array(
         select id from session_file where used_for is null and touched_at < now() - make_interval(hours => $1)
         order by touched_at limit ${PIECE} for update skip locked))`,
      [hours],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < PIECE) return deleted;
  }
}
