import { Instant, LinkId, LocalId, SessionId } from '../../core/domain/ids.ts';
import { JoinableRole } from '../../core/domain/people.ts';
import type { LinkStore, NewGuest, StoredLink } from '../ports/link-store.ts';
import { isUniqueViolation } from './accounts.ts';
import type { PrismaClient } from './generated/client.ts';
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

/** A hall scans all at once: waiting for a connection is no reason to be turned away. */
const patience = { maxWait: 8_000, timeout: 10_000 } as const;

/** Links through Prisma. */
export function createLinkStore(prisma: PrismaClient): LinkStore {
  return {
    find: async (id) => {
      const row = await prisma.joinLink.findUnique({ where: { id }, select: columns });
      return row === null ? null : toLink(row);
    },
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
    housesOf: async (sessionId) => {
      const row = await prisma.session.findUnique({
        where: { id: sessionId },
        select: { startsAt: true, org: { select: { name: true } }, studio: { select: { name: true } } },
      });
      if (row === null) return null;
      const startsAt = row.startsAt?.toISOString() ?? null;
      return { orgName: row.org.name, studioName: row.studio?.name ?? '', startsAt };
    },
    admit: (guest) => admit(prisma, guest),
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
 * One statement counts the use and refuses the one too many, so that no two people share the last place. All links
 * of the same role are locked before it, in one order, so that no two guests get the same number either.
 */
async function admit(prisma: PrismaClient, guest: NewGuest): Promise<number | null> {
  return await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`
      select other.id from join_link one
      join join_link other on other.session_id = one.session_id and other.role = one.role
      where one.id = ${guest.linkId}::uuid order by other.id for update of other`;
    const counted = await tx.$queryRaw<{ session_id: string; role: string }[]>`
      update join_link set uses = uses + 1
      where id = ${guest.linkId}::uuid and uses < max_uses and revoked_at is null
        and expires_at > ${guest.now}::timestamptz
      returning session_id, role`;
    const link = counted[0];
    if (link === undefined) return null;
    await tx.person.create({
      data: { id: guest.personId, name: guest.name, isGuest: true },
      select: { id: true },
    });
    await tx.signIn.create({
      data: {
        tokenHash: new Uint8Array(hashOf(guest.token)),
        personId: guest.personId,
        createdAt: guest.now,
        expiresAt: guest.signInExpiresAt,
      },
      select: { personId: true },
    });
    const { _sum } = await tx.joinLink.aggregate({
      where: { sessionId: link.session_id, role: link.role },
      _sum: { uses: true },
    });
    return _sum.uses ?? 1;
  }, patience);
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
    venueId: LocalId.nullable().parse(row.venueId),
    uses: row.uses,
    maxUses: row.maxUses,
    expiresAt: Instant.parse(row.expiresAt.toISOString()),
    revokedAt: row.revokedAt === null ? null : Instant.parse(row.revokedAt.toISOString()),
  };
}
