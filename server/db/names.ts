import type { Pool } from 'pg';
import { Consent } from '../../core/domain/consent.ts';
import type { NameStore } from '../ports/name-store.ts';

/** Real names on plain SQL. */
export function createNameStore(pool: Pool): NameStore {
  return {
    keep: async (personId, realName) => {
      await pool.query({
        name: 'name-keep',
        text: `update person set real_name = $2 where id = $1 and is_guest and real_name = ''`,
        values: [personId, realName],
      });
    },
    realNameOf: async (sessionId, participantId) => {
      const { rows } = await pool.query<{ name: string }>({
        name: 'name-of',
        text: `select case when person.is_guest then person.real_name else person.name end as name
          from participant join person on person.id = participant.person_id
          where participant.session_id = $1 and participant.id = $2`,
        values: [sessionId, participantId],
      });
      const name = rows[0]?.name ?? '';
      return name === '' ? null : name;
    },
    consentOf: async (sessionId, participantId) => {
      const { rows } = await pool.query<{ consent: unknown }>({
        name: 'consent-of',
        text: `select consent from participant join person on person.id = participant.person_id
          where participant.session_id = $1 and participant.id = $2`,
        values: [sessionId, participantId],
      });
      return Consent.nullable().parse(rows[0]?.consent ?? null);
    },
  };
}
