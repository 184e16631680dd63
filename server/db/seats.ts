import type { Pool } from 'pg';
import { ParticipantId, type PersonId, type SessionId } from '../../core/domain/ids.ts';
import { createGathered } from '../gathered.ts';
import type { Seats } from '../ports/seats.ts';

type Asked = { readonly sessionId: SessionId; readonly personId: PersonId };
type Row = { session_id: string; person_id: string; id: string };

/** Seats on plain SQL: every command asks, and the row is written by the room's own transaction. */
export function createSeats(pool: Pool): Seats {
  const find = createGathered(async (asked: readonly Asked[]) => {
    const { rows } = await pool.query<Row>({
      name: 'seats-find',
      text: `select p.session_id, p.person_id, p.id from participant p
        where (p.session_id, p.person_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
      values: [asked.map(({ sessionId }) => sessionId), asked.map(({ personId }) => personId)],
    });
    const seats = new Map(rows.map((row) => [`${row.session_id} ${row.person_id}`, row.id]));
    return asked.map(({ sessionId, personId }) => {
      const id = seats.get(`${sessionId} ${personId}`);
      return id === undefined ? null : ParticipantId.parse(id);
    });
  });
  return { find: (sessionId, personId) => find({ sessionId, personId }) };
}
