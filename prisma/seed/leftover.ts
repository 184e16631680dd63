import type { Pool } from 'pg';
import { DEMO_PASSWORD } from './demo.ts';
import { demoScenarios } from './files.ts';
import { ADMIN, peopleOf, STAFF } from './people.ts';

/** Checks a password against a hash. */
type Matches = (password: string, kept: string) => Promise<boolean>;

/** The logins of a demo in this database that anybody can still use, for their password stands in the README. */
export async function openDemoLogins(pool: Pool, matches: Matches): Promise<string[]> {
  const people = [ADMIN, STAFF, ...demoScenarios().flatMap(peopleOf)];
  const { rows } = await pool.query<{ password_hash: string; logins: string[] }>(
    `select password_hash, array_agg(login order by login) as logins from person
     where id = any($1::uuid[]) and disabled_at is null and password_hash is not null and login is not null
     group by password_hash`,
    [people.map(({ personId }) => personId)],
  );
  // The seed gives many people one hash, so few are tried.
  const open = await Promise.all(
    rows.map(async (row) => ((await matches(DEMO_PASSWORD, row.password_hash)) ? row.logins : [])),
  );
  return open.flat();
}
