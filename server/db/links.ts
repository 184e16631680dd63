import { DatabaseError, type Pool } from 'pg';
import { Instant, LinkId, LocalId, SessionId, type PersonId } from '../../core/domain/ids.ts';
import { JoinableRole } from '../../core/domain/people.ts';
import type { LinkStore, NewGuest, StoredLink } from '../ports/link-store.ts';
import { isUniqueViolation } from './accounts.ts';
import type { Database } from './client.ts';
import { hashOf } from './sign-ins.ts';

const columns = {
  id: true,
  sessionId: true,
  role: true,
  venueId: true,
  uses: true,
  maxUses: true,
  expiresAt: true,
  revokedAt: true,
} as const;

/** Links through Prisma; what a whole hall asks at once, on plain SQL. */
export function createLinkStore({ pool, prisma }: Pick<Database, 'pool' | 'prisma'>): LinkStore {
  return {
    find: (id) => find(pool, id),
    list: async (sessionId) => {
      const rows = await prisma.joinLink.findMany({
        where: { sessionId },
        select: columns,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toLink);
    },
    create: async ({ uses: _uses, revokedAt: _revokedAt, ...link }) => {
      try {
        await prisma.joinLink.create({ data: link, select: { id: true } });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    revoke: async (sessionId, id, at) => {
      await prisma.joinLink.updateMany({
        where: { id, sessionId, revokedAt: null },
        data: { revokedAt: at },
      });
      const row = await prisma.joinLink.findFirst({ where: { id, sessionId }, select: columns });
      return row === null ? null : toLink(row);
    },
    housesOf: (sessionId) => housesOf(pool, sessionId),
    admit: (guest) => admit(pool, guest),
    isAdmitted: (personId) => isAdmitted(pool, personId),
    dismiss: async (linkId, personId) => {
      await prisma.$transaction(async (tx) => {
        await tx.signIn.deleteMany({
          where: { person: { id: personId, isGuest: true, participants: { none: {} } } },
        });
        const { count } = await tx.person.deleteMany({
          where: { id: personId, isGuest: true, participants: { none: {} } },
        });
        if (count === 0) return;
        await tx.joinLink.updateMany({
          where: { id: linkId, uses: { gt: 0 } },
          data: { uses: { decrement: 1 } },
        });
      });
    },
  };
}

/**
 * One statement, one round trip, one commit: a hall scans all at once, and everybody waits for the link's row. It
 * counts the use, refuses the one too many, and makes the person and the sign-in. All links of the same role are
 * locked first, in one order, so that no two guests get the same number. Whoever is known is not counted again [P4].
 */
const ADMIT = `
  with links as (
    select other.id, other.uses from join_link one
    join join_link other on other.session_id = one.session_id and other.role = one.role
    where one.id = $1 order by other.id for update of other
  ), before as (
    select count(*) as links, coalesce(sum(uses), 0)::int as uses from links
  ), known as (
    select name from person where id = $3::uuid
  ), counted as (
    update join_link set uses = join_link.uses + 1
    where id = $1 and (select links from before) > 0 and not exists (select from known)
      and uses < max_uses and revoked_at is null and expires_at > $2::timestamptz
    returning id
  ), guest as (
    insert into person (id, name, is_guest)
    select $3::uuid, case $4::text when '' then $7::text || ' ' || (before.uses + 1) else $4::text end, true
    from counted, before returning id, name
  ), signed as (
    insert into sign_in (token_hash, person_id, created_at, expires_at)
    select $5::bytea, id, $2::timestamptz, $6::timestamptz from guest
  )
  select name from known union all select name from guest`;

async function admit(pool: Pool, guest: NewGuest): Promise<string | null> {
  const { linkId, now, personId, name, token, signInExpiresAt, numberedAs } = guest;
  const values = [linkId, now, personId, name, hashOf(token), signInExpiresAt, numberedAs];
  const ask = () => pool.query<{ name: string }>({ name: 'link-admit', text: ADMIT, values });
  const first = await ask().catch((error: unknown) => {
    if (isDuplicate(error)) return null;
    throw error;
  });
  const called = first?.rows[0]?.name;
  if (called !== undefined) return called;
  // Two knocks of one browser at once: the second did not see the first when it began, and waited for it.
  if (!(await isAdmitted(pool, personId))) return null;
  return (await ask()).rows[0]?.name ?? null;
}

function isDuplicate(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505';
}

async function isAdmitted(pool: Pool, personId: PersonId): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'link-admitted',
    text: 'select 1 from person where id = $1 and is_guest',
    values: [personId],
  });
  return rowCount === 1;
}

async function find(pool: Pool, id: LinkId): Promise<StoredLink | null> {
  const { rows } = await pool.query<Row>({
    name: 'link-find',
    text: `select id, session_id as "sessionId", role, venue_id as "venueId", uses, max_uses as "maxUses",
             expires_at as "expiresAt", revoked_at as "revokedAt" from join_link where id = $1`,
    values: [id],
  });
  return rows[0] === undefined ? null : toLink(rows[0]);
}

type Houses = { orgName: string; studioName: string; startsAt: Date | null };

async function housesOf(pool: Pool, sessionId: SessionId) {
  const { rows } = await pool.query<Houses>({
    name: 'link-houses',
    text: `select org.name as "orgName", coalesce(studio.name, '') as "studioName", session.starts_at as "startsAt"
           from session join org on org.id = session.org_id left join studio on studio.id = session.studio_id
           where session.id = $1`,
    values: [sessionId],
  });
  const row = rows[0];
  return row === undefined ? null : { ...row, startsAt: row.startsAt?.toISOString() ?? null };
}

type Row = {
  id: string;
  sessionId: string;
  role: string;
  venueId: string | null;
  uses: number;
  maxUses: number;
  expiresAt: Date;
  revokedAt: Date | null;
};

function toLink(row: Row): StoredLink {
  return {
    id: LinkId.parse(row.id),
    sessionId: SessionId.parse(row.sessionId),
    role: JoinableRole.parse(row.role),
    venueId: row.venueId === null ? null : LocalId.parse(row.venueId),
    uses: row.uses,
    maxUses: row.maxUses,
    expiresAt: Instant.parse(row.expiresAt.toISOString()),
    revokedAt: row.revokedAt === null ? null : Instant.parse(row.revokedAt.toISOString()),
  };
}
