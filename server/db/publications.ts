import type { Pool } from 'pg';
import { z } from 'zod';
import { PageSlug, PublicationAct } from '../../core/contract/publication.ts';
import { PersonId } from '../../core/domain/ids.ts';
import { PublicPage } from '../../core/domain/publication/page.ts';
import type { PublicationStore } from '../ports/publication-store.ts';

const Row = PublicationAct.omit({ isMine: true, at: true }).extend({
  personId: PersonId,
  page: PublicPage.nullable(),
  slug: PageSlug,
  at: z.date(),
});

const ADD = `insert into publication_act (session_id, no, act, person_id, why, slug, page, at)
  select $1, $2::int + 1, $3, $4, $5, $6, $7::jsonb, $8
    where $2 = (select count(*) from publication_act where session_id = $1)
  on conflict (session_id, no) do nothing`;

// Every act of a session stands under its address: the last says how it stands.
const RELEASED = `select act, page from publication_act where slug = $1 order by no desc limit 1`;

/** Acts about public pages on plain SQL; the database refuses to change them. */
export function createPublicationStore(pool: Pool): PublicationStore {
  return {
    find: async (sessionId) => {
      const { rows } = await pool.query(
        `select a.act, p.name, a.person_id as "personId", a.why, a.slug, a.page, a.at
           from publication_act a join person p on p.id = a.person_id
           where a.session_id = $1 order by a.no`,
        [sessionId],
      );
      const kept = Row.array().parse(rows);
      return {
        acts: kept.map(({ slug: _slug, at, ...act }) => ({ ...act, at: at.toISOString() })),
        slug: kept[0]?.slug ?? null,
      };
    },
    add: async (sessionId, { after, act, personId, why, slug, page, at }) => {
      const values = [sessionId, after, act, personId, why, slug, page && JSON.stringify(page), at];
      const { rowCount } = await pool.query(ADD, values);
      return rowCount === 1;
    },
    released: async (slug) => {
      const { rows } = await pool.query<{ act: string; page: unknown }>(RELEASED, [slug]);
      const [last] = rows;
      return last?.act === 'released' ? PublicPage.parse(last.page) : null;
    },
  };
}
