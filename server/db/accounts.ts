import type { Account } from '../../core/contract/sessions.ts';
import type { Me } from '../../core/contract/accounts.ts';
import { Consent } from '../../core/domain/consent.ts';
import { OrgId, PersonId, SessionId, StudioId } from '../../core/domain/ids.ts';
import { Office } from '../../core/domain/people.ts';
import type { AccountStore } from '../ports/account-store.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';

const accountColumns = { id: true, name: true, affiliation: true, login: true } as const;

/** Accounts through Prisma. */
export function createAccountStore(prisma: PrismaClient): AccountStore {
  return {
    findCredentials: async (login) => {
      const person = await prisma.person.findUnique({
        where: { login },
        select: { id: true, passwordHash: true, disabledAt: true },
      });
      if (person === null || person.passwordHash === null || person.disabledAt !== null) return null;
      return { personId: PersonId.parse(person.id), passwordHash: person.passwordHash };
    },
    findMe: (personId) => findMe(prisma, personId),
    list: async (orgId) => {
      const people = await prisma.person.findMany({
        where: { orgId, isGuest: false, disabledAt: null, login: { not: null } },
        select: accountColumns,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      return people.map(toAccount);
    },
    create: async ({ personId, orgId, name, affiliation, login, passwordHash }) => {
      try {
        await prisma.person.create({
          data: { id: personId, orgId, name, affiliation, login, passwordHash },
          select: { id: true },
        });
        return 'done';
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        const owner = await prisma.person.findUnique({ where: { login }, select: { id: true, orgId: true } });
        if (owner === null) return 'id taken';
        return owner.id === personId && owner.orgId === orgId ? 'there' : 'login taken';
      }
    },
    withAccount: async (orgId, personIds) => {
      const people = await prisma.person.findMany({
        where: { id: { in: [...personIds] }, orgId, isGuest: false, disabledAt: null },
        select: { id: true },
      });
      return new Set(people.map((person) => person.id));
    },
    convenes: async (personId) => {
      const rows = await prisma.studioMember.findMany({
        where: { personId, isConvener: true },
        select: { studio: { select: { id: true, orgId: true } } },
      });
      return rows.map(({ studio }) => ({
        studioId: StudioId.parse(studio.id),
        orgId: OrgId.parse(studio.orgId),
      }));
    },
  };
}

/** Whether PostgreSQL refused a row because its key is in use. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

async function findMe(prisma: PrismaClient, personId: PersonId): Promise<Me | null> {
  const person = await prisma.person.findUnique({
    where: { id: personId },
    select: {
      name: true,
      affiliation: true,
      office: true,
      isGuest: true,
      consent: true,
      studios: { where: { isConvener: true }, select: { studio: { select: { id: true, name: true } } } },
      participants: { select: { sessionId: true }, take: 1 },
    },
  });
  if (person === null) return null;
  const seat = person.participants[0];
  return {
    personId,
    name: person.name,
    affiliation: person.affiliation,
    office: person.office === null ? null : Office.parse(person.office),
    isGuest: person.isGuest,
    convenes: person.studios.map(({ studio }) => studio),
    guestOf: person.isGuest && seat !== undefined ? SessionId.parse(seat.sessionId) : null,
    consent: Consent.nullable().parse(person.consent),
  };
}

function toAccount(person: { id: string; name: string; affiliation: string; login: string | null }): Account {
  const { id, name, affiliation, login } = person;
  return { personId: PersonId.parse(id), name, affiliation, login: login ?? '' };
}
