import type { Pool } from 'pg';
import { ParticipantId } from '../../core/domain/ids.ts';
import type { Seats } from '../ports/seats.ts';

/** Seats on plain SQL: every command asks, and the row is written by the room's own transaction. */
export function createSeats(pool: Pool): Seats {
  return {
    find: async (sessionId, personId) => {
      const { rows } = await pool.query<{ id: string }>({
        name: 'seat-find',
        text: 'select id from participant where session_id = $1 and person_id = $2',
        values: [sessionId, personId],
      });
      return rows[0] === undefined ? null : ParticipantId.parse(rows[0].id);
    },
  };
}
