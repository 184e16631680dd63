import type { Pool } from 'pg';
import type { NoteStore } from '../ports/note-store.ts';

type Row = { text: string; version: number; at: Date };

// The seat is asked in the statement that stores, as for a command [P13].
const KEEP = `insert into session_note as kept (session_id, person_id, text, version, at)
  select p.session_id, p.person_id, $3, $4::int + 1, $5 from participant p
    where p.session_id = $1 and p.person_id = $2 and not p.is_removed
  on conflict (session_id, person_id) do update set
    text = excluded.text, at = excluded.at,
    version = case when kept.text = excluded.text then kept.version else kept.version + 1 end
    where kept.version = $4 or kept.text = excluded.text
  returning version, at`;

/** Private notes on plain SQL: one row a person and session. */
export function createNoteStore(pool: Pool): NoteStore {
  return {
    find: async ({ sessionId, personId }) => {
      const { rows } = await pool.query<Row>(
        'select text, version, at from session_note where session_id = $1 and person_id = $2',
        [sessionId, personId],
      );
      const [row] = rows;
      return row === undefined
        ? { text: '', version: 0, at: null }
        : { text: row.text, version: row.version, at: row.at.toISOString() };
    },
    keep: async ({ sessionId, personId }, { text, after, at }) => {
      const { rows } = await pool.query<Omit<Row, 'text'>>(KEEP, [sessionId, personId, text, after, at]);
      const [row] = rows;
      return row === undefined ? null : { version: row.version, at: row.at.toISOString() };
    },
  };
}
