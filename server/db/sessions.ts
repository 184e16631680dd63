import { SessionSummary } from '../../core/contract/sessions.ts';
import { OrgId, ParticipantId, PersonId, StudioId } from '../../core/domain/ids.ts';
import { may, Role, ROLES } from '../../core/domain/people.ts';
import { UNPUBLISHED } from '../../core/domain/sessions.ts';
import type { Reviewing, SessionStore } from '../ports/session-store.ts';
import { isUniqueViolation } from './accounts.ts';
import type { PrismaClient } from './generated/client.ts';

const PREPARERS = ROLES.filter((role) => may(role, 'people:manage'));

/** Sessions through Prisma; their state, times and seats are kept by the room's own transactions. */
export function createSessionStore(prisma: PrismaClient): SessionStore {
  return {
    orgOf: async (sessionId) => {
      const row = await prisma.session.findUnique({ where: { id: sessionId }, select: { orgId: true } });
      return row === null ? null : OrgId.parse(row.orgId);
    },
    orgNameOf: async (sessionId) => {
      const select = { org: { select: { name: true } } };
      const row = await prisma.session.findUnique({ where: { id: sessionId }, select });
      return row?.org.name ?? '';
    },
    list: async (personId, house, reviewing) => {
      const mine = { personId, isRemoved: false };
      // What is not decided yet is in nobody's list but theirs who prepare it [S8].
      const seat = {
        OR: [
          { state: { notIn: [...UNPUBLISHED] }, participants: { some: mine } },
          { participants: { some: { ...mine, role: { in: PREPARERS } } } },
        ],
      };
      const ofHouse =
        house === null ? [] : [{ orgId: house.orgId, ...(house.hasPrivate ? {} : { isPrivate: false }) }];
      const rows = await prisma.session.findMany({
        // seq 0: the plan was never committed, so there is nothing to show yet.
        where: { seq: { gt: 0 }, OR: [seat, ...ofHouse] },
        select: columnsFor(personId),
        orderBy: [{ startsAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'asc' }],
        take: 500,
      });
      const hidden = await neverPublished(prisma, house === null ? rows : []);
      return rows.filter(({ id }) => !hidden.has(id)).map((row) => toSummary(row, personId, reviewing));
    },
    find: async (sessionId, personId, reviewing) => {
      const row = await prisma.session.findUnique({ where: { id: sessionId }, select: columnsFor(personId) });
      return row === null ? null : toSummary(row, personId, reviewing);
    },
    hasOtherAdmin: async (orgId, personId) => {
      const other = await prisma.person.findFirst({
        where: { orgId, office: 'admin', disabledAt: null, id: { not: personId } },
        select: { id: true },
      });
      return other !== null;
    },
    create: async ({ id, orgId, studioId, title, mode, documentId, startsAt, isPrivate, plannedBy }) => {
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
            plannedBy,
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

/** Of these those that were cancelled before they were decided, for whoever did not prepare them [S8]. */
async function neverPublished(prisma: PrismaClient, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const asked = rows.flatMap(({ id, state, participants: [seat] }) =>
    state === 'cancelled' && !PREPARERS.some((role) => role === seat?.role) ? [id] : [],
  );
  if (asked.length === 0) return new Set();
  // A few events say it: how it began, and that it was approved.
  const told = await prisma.roomEvent.findMany({
    where: { sessionId: { in: asked }, OR: [{ seq: 1 }, { type: 'session:approved' }] },
    select: { sessionId: true, type: true, payload: true },
  });
  const published = told.filter(
    ({ type, payload }) => type === 'session:approved' || !beginsAsDraft(payload),
  );
  const known = new Set(published.map(({ sessionId }) => sessionId));
  return new Set(asked.filter((id) => !known.has(id)));
}

function beginsAsDraft(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'begins' in payload;
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
    stateUntil: true,
    plannedBy: true,
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
  stateUntil: Date | null;
  plannedBy: string | null;
  documentId: string;
  studio: { name: string } | null;
  participants: { id: string; role: string }[];
};

function toSummary(
  { studio, participants, startsAt, openedAt, closedAt, stateUntil, plannedBy, ...row }: Row,
  personId: PersonId,
  reviewing: Reviewing,
): SessionSummary {
  const seat = participants[0];
  return SessionSummary.parse({
    ...row,
    studioName: studio?.name ?? '',
    startsAt: startsAt?.toISOString() ?? null,
    openedAt: openedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    until: stateUntil?.toISOString() ?? null,
    awaitsMe:
      row.state === 'in_review' &&
      (reviewing === 'all' || (reviewing === 'others' && plannedBy !== personId)),
    seat:
      seat === undefined
        ? null
        : {
            participantId: seat.id,
            role: seat.role,
            answer: null,
            mayDelegate: false,
            reminders: [],
            votes: [],
          },
  });
}
