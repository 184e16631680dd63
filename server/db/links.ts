import type { Pool } from 'pg';
import { Instant, LinkId, LocalId, SessionId, type PersonId } from '../../core/domain/ids.ts';
import { JoinableRole } from '../../core/domain/people.ts';
import { createGathered } from '../gathered.ts';
import type { LinkStore, StoredLink } from '../ports/link-store.ts';
import { isUniqueViolation } from './accounts.ts';
import type { Database } from './client.ts';
import { createAdmission } from './link-admission.ts';

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
    find: createGathered((ids) => find(pool, ids)),
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
    admit: createAdmission(pool),
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

async function isAdmitted(pool: Pool, personId: PersonId): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'link-admitted',
    text: 'select 1 from person where id = $1 and is_guest',
    values: [personId],
  });
  return rowCount === 1;
}

async function find(pool: Pool, ids: readonly LinkId[]): Promise<(StoredLink | null)[]> {
  const { rows } = await pool.query<Row>({
    name: 'link-find',
    text: `select id, session_id as "sessionId", role, venue_id as "venueId", uses, max_uses as "maxUses",
             expires_at as "expiresAt", revoked_at as "revokedAt" from join_link where id = any($1::uuid[])`,
    values: [ids],
  });
  const found = new Map(rows.map((row) => [row.id, toLink(row)]));
  return ids.map((id) => found.get(id) ?? null);
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
