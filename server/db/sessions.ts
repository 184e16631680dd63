import { SessionSummary } from '../../core/contract/sessions.ts';
import { OrgId, ParticipantId, PersonId, StudioId } from '../../core/domain/ids.ts';
import { Role } from '../../core/domain/people.ts';
import type { SessionStore } from '../ports/session-store.ts';
import { isUniqueViolation } from './accounts.ts';
import type { PrismaClient } from './generated/client.ts';

/** Sessions through Prisma; their state, times and seats are kept by the room's own transactions. */
export function createSessionStore(prisma: PrismaClient): SessionStore {
  return {
    orgOf: async (sessionId) => {
      const row = await prisma.session.findUnique({ where: { id: sessionId }, select: { orgId: true } });
      return row === null ? null : OrgId.parse(row.orgId);
    },
    list: async (personId, house) => {
      const seat = { participants: { some: { personId, isRemoved: false } } };
      const ofHouse =
        house === null ? [] : [{ orgId: house.orgId, ...(house.hasPrivate ? {} : { isPrivate: false }) }];
      const rows = await prisma.session.findMany({
        // seq 0: the plan was never committed, so there is nothing to show yet.
        where: { seq: { gt: 0 }, OR: [seat, ...ofHouse] },
        select: columnsFor(personId),
        orderBy: [{ startsAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'asc' }],
        take: 500,
      });
      return rows.map(toSummary);
    },
    find: async (sessionId, personId) => {
      const row = await prisma.session.findUnique({ where: { id: sessionId }, select: columnsFor(personId) });
      return row === null ? null : toSummary(row);
    },
    create: async ({ id, orgId, studioId, title, mode, documentId, startsAt, isPrivate }) => {
      try {
        await prisma.session.create({
          data: {
            id,
            orgId,
            studioId,
            title,
            mode,
            state: 'scheduled',
            documentId,
            startsAt,
            isPrivate,
            document: { create: { id: documentId } },
          },
          select: { id: true },
        });
        return true;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        const row = await prisma.session.findUnique({
          where: { id },
          select: {
            orgId: true,
            studioId: true,
            documentId: true,
            title: true,
            mode: true,
            startsAt: true,
            isPrivate: true,
          },
        });
        // All of it: the log is planned from the same request, and the two must not differ [S2].
        return (
          row?.orgId === orgId &&
          row.studioId === studioId &&
          row.documentId === documentId &&
          row.title === title &&
          row.mode === mode &&
          row.isPrivate === isPrivate &&
          (row.startsAt?.toISOString() ?? null) === startsAt
        );
      }
    },
    holderOf: async (sessionId, id) => {
      const row = await prisma.participant.findUnique({
        where: { sessionId_id: { sessionId, id } },
        select: { personId: true },
      });
      return row === null ? null : PersonId.parse(row.personId);
    },
    rosterOf: async (sessionId) => {
      const row = await prisma.session.findUnique({
        where: { id: sessionId },
        select: {
          studioId: true,
          participants: {
            where: { isRemoved: false, person: { isGuest: false, disabledAt: null } },
            select: { id: true, personId: true, role: true },
            orderBy: { id: 'asc' },
          },
        },
      });
      return {
        studioId: StudioId.nullable().parse(row?.studioId ?? null),
        seats: (row?.participants ?? []).map(({ id, personId, role }) => {
          return { id: ParticipantId.parse(id), personId: PersonId.parse(personId), role: Role.parse(role) };
        }),
      };
    },
    orgOfStudio: async (studioId) => {
      const row = await prisma.studio.findUnique({ where: { id: studioId }, select: { orgId: true } });
      return row === null ? null : OrgId.parse(row.orgId);
    },
  };
}

function columnsFor(personId: PersonId) {
  return {
    id: true,
    title: true,
    mode: true,
    state: true,
    startsAt: true,
    openedAt: true,
    closedAt: true,
    documentId: true,
    studio: { select: { name: true } },
    participants: { where: { personId, isRemoved: false }, select: { id: true, role: true }, take: 1 },
  } as const;
}

type Row = {
  id: string;
  title: string;
  mode: string;
  state: string;
  startsAt: Date | null;
  openedAt: Date | null;
  closedAt: Date | null;
  documentId: string;
  studio: { name: string } | null;
  participants: { id: string; role: string }[];
};

function toSummary({ studio, participants, startsAt, openedAt, closedAt, ...row }: Row): SessionSummary {
  const seat = participants[0];
  return SessionSummary.parse({
    ...row,
    studioName: studio?.name ?? '',
    startsAt: startsAt?.toISOString() ?? null,
    openedAt: openedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    seat: seat === undefined ? null : { participantId: seat.id, role: seat.role },
  });
}
