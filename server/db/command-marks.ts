import type { Pool } from 'pg';
import type { BareCommand, CommandMarks } from '../ports/command-marks.ts';

const FIRST = { sessionId: '00000000-0000-0000-0000-000000000000', key: '' };
/** A bare digest is 64 hexadecimal digits; no mark is as long. */
const IS_BARE = 'length(body_hash) = 64';

/** Marks of commands on plain SQL. */
export function createCommandMarks(pool: Pool): CommandMarks {
  return {
    bareOf: async (behind, limit) => {
      const { sessionId, key } = behind ?? FIRST;
      const { rows } = await pool.query<BareCommand & { readonly isBare: boolean }>(
        `with page as materialized (
           select session_id, key, body_hash, ${IS_BARE} as is_bare from room_command
           where (session_id, key) > ($1, $2) order by session_id, key limit $3
         ), last as (select session_id, key from page order by session_id desc, key desc limit 1)
         select page.session_id as "sessionId", page.key, body_hash as digest, is_bare as "isBare" from page
         where is_bare or (session_id, key) = (select session_id, key from last) order by session_id, key`,
        [sessionId, key, limit],
      );
      return { bare: rows.filter(({ isBare }) => isBare), last: rows[rows.length - 1] ?? null };
    },
    mark: async (rows) => {
      await pool.query(
        `update room_command set body_hash = marked.mark
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as marked(session_id, key, digest, mark)
         where room_command.session_id = marked.session_id and room_command.key = marked.key
           and room_command.body_hash = marked.digest`,
        [
          rows.map(({ sessionId }) => sessionId),
          rows.map(({ key }) => key),
          rows.map(({ digest }) => digest),
          rows.map(({ mark }) => mark),
        ],
      );
    },
    wipe: async () => {
      await pool.query('vacuum room_command');
    },
  };
}
