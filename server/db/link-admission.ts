import { DatabaseError, type Pool } from 'pg';
import type { LinkId, PersonId } from '../../core/domain/ids.ts';
import { createGathered } from '../gathered.ts';
import type { LinkStore, NewGuest } from '../ports/link-store.ts';
import { hashOf } from './sign-ins.ts';
import { askAtomically } from './storage-fault.ts';

/**
 * One statement, one round trip, one commit for all who wait at a link: a hall scans all at once. It counts the uses,
 * refuses those too many, and makes persons and sign-ins. All links of the same role are locked first, in one order,
 * so that no two guests get the same number; whatever must not be old is read from those rows. Whoever is known is not
 * counted again [P4].
 */
const ADMIT = `
  with links as (
    select other.id, other.uses, other.max_uses, other.revoked_at, other.expires_at from join_link one
    join join_link other on other.session_id = one.session_id and other.role = one.role
    where one.id = $1 order by other.id for update of other
  ), before as (
    select sum(uses)::int as uses, max(max_uses - uses) filter
      (where id = $1 and revoked_at is null and expires_at > $2::timestamptz) as places from links
  ), asked as (
    select distinct on (person_id) * from unnest($3::uuid[], $4::text[], $5::bytea[], $8::text[])
      with ordinality as each(person_id, name, token_hash, consent, place) order by person_id, place
  ), known as (
    select id, name from person where id = any($3::uuid[])
  ), fresh as (
    select asked.*, row_number() over (order by place)::int as number from asked
    where (select count(*) from links) > 0 and person_id not in (select id from known)
  ), guest as (
    insert into person (id, name, is_guest, consent)
    select person_id, case name when '' then $7::text || ' ' || (before.uses + number) else name end, true, consent::jsonb
    from fresh, before where number <= before.places returning id, name
  ), signed as (
    insert into sign_in (token_hash, person_id, created_at, expires_at)
    select token_hash, guest.id, $2::timestamptz, $6::timestamptz from guest join asked on person_id = guest.id
  ), counted as (
    update join_link set uses = uses + (select count(*) from guest) where id = $1 and exists (select from guest)
  )
  select id, name from known union all select id, name from guest`;

type Admitted = { readonly name: string | null } | { readonly failure: unknown };
type Gatherer = { readonly ask: (guest: NewGuest) => Promise<Admitted>; asking: number };

/** Links whose pace is remembered between two guests: beyond so many, those at which nobody waits are forgotten. */
const MOST_KEPT = 200;

/**
 * Lets guests in, and says how each is called. Whoever comes to a link while others are being let in by it waits for
 * the next turn; nobody waits for another link.
 */
export function createAdmission(pool: Pool): LinkStore['admit'] {
  const gatherers = new Map<LinkId, Gatherer>();
  const gathererOf = (linkId: LinkId): Gatherer => {
    const known = gatherers.get(linkId);
    if (known !== undefined) return known;
    if (gatherers.size >= MOST_KEPT)
      for (const [id, { asking }] of gatherers) if (asking === 0) gatherers.delete(id);
    const ask = createGathered((guests: readonly NewGuest[]) => admitAll(pool, guests), {
      isOneAtATime: true,
    });
    const made = { ask, asking: 0 };
    gatherers.set(linkId, made);
    return made;
  };
  return async (guest) => {
    const gatherer = gathererOf(guest.linkId);
    gatherer.asking += 1;
    try {
      const admitted = await gatherer.ask(guest);
      if ('failure' in admitted) throw admitted.failure;
      return admitted.name;
    } finally {
      gatherer.asking -= 1;
    }
  };
}

/** Guests of one link, together; where they go on colliding, each alone: then only its own other knock is in its way. */
async function admitAll(pool: Pool, guests: readonly NewGuest[]): Promise<readonly Admitted[]> {
  try {
    return await admitTwice(pool, guests);
  } catch (failure) {
    if (!isCollision(failure) || guests.length === 1) return guests.map(() => ({ failure }));
    const admitted: Admitted[] = [];
    for (const guest of guests) admitted.push(...(await admitAll(pool, [guest])));
    return admitted;
  }
}

/**
 * A knock of the same browser at another process: its person was not there yet when the statement began. It collided,
 * or the last place was taken by it; asked again it is known.
 */
async function admitTwice(pool: Pool, guests: readonly NewGuest[]): Promise<readonly Admitted[]> {
  const names = await admitOnce(pool, guests).catch((error: unknown) => {
    if (isCollision(error)) return new Map<PersonId, string>();
    throw error;
  });
  const missing = guests.filter(({ personId }) => !names.has(personId));
  if (missing.length > 0) for (const [id, name] of await admitOnce(pool, missing)) names.set(id, name);
  return guests.map(({ personId }) => ({ name: names.get(personId) ?? null }));
}

function isCollision(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505';
}

async function admitOnce(pool: Pool, guests: readonly NewGuest[]): Promise<Map<PersonId, string>> {
  const last = guests[guests.length - 1];
  const values = [
    last?.linkId,
    last?.now,
    guests.map(({ personId }) => personId),
    guests.map(({ name }) => name),
    guests.map(({ token }) => hashOf(token)),
    last?.signInExpiresAt,
    last?.numberedAs,
    guests.map(({ consent }) => JSON.stringify(consent)),
  ];
  const { rows } = await askAtomically(() =>
    pool.query<{ id: PersonId; name: string }>({ name: 'link-admit', text: ADMIT, values }),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
