import type { Pool } from 'pg';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Deadlines } from '../ports/deadlines.ts';
import { throughStorage } from './storage-fault.ts';

/** So many rooms are read for it at once; the others are found at the next look. */
const AT_ONCE = 20;

/** Deadlines as the sessions' rows have them, which follow their logs in the same transaction. */
export function createDeadlines(pool: Pool): Deadlines {
  return throughStorage<Deadlines>({
    collectedOut: async (now) => {
      const { rows } = await pool.query<{ id: SessionId }>(
        `select id from session where state = 'collecting' and state_until <= $1
         order by state_until, id limit ${AT_ONCE}`,
        [now],
      );
      return rows.map(({ id }) => id);
    },
    polledOut: async (now) => {
      const { rows } = await pool.query<{ id: SessionId }>(
        `select id from session where polls_until <= $1 order by polls_until, id limit ${AT_ONCE}`,
        [now],
      );
      return rows.map(({ id }) => id);
    },
  });
}
