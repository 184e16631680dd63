import { Studio } from '../../core/contract/office.ts';
import type { StudioStore } from '../ports/studio-store.ts';
import { isUniqueViolation } from './accounts.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';

const columns = {
  id: true,
  name: true,
  kind: true,
  members: {
    where: { person: { disabledAt: null } },
    select: { isConvener: true, person: { select: { id: true, name: true, affiliation: true } } },
    orderBy: [{ person: { name: 'asc' } }, { personId: 'asc' }],
  },
} satisfies Prisma.StudioSelect;
const byName = [{ name: 'asc' }, { id: 'asc' }] satisfies Prisma.StudioOrderByWithRelationInput[];

/** Studios through Prisma. */
export function createStudioStore({ studio, studioMember }: PrismaClient): StudioStore {
  return {
    list: async (orgId) =>
      (await studio.findMany({ where: { orgId }, select: columns, orderBy: byName })).map(toStudio),
    listOf: async (personId) => {
      const where = { members: { some: { personId, isConvener: true } } };
      return (await studio.findMany({ where, select: columns, orderBy: byName })).map(toStudio);
    },
    find: async (orgId, id) => {
      const row = await studio.findFirst({ where: { id, orgId }, select: columns });
      return row === null ? null : toStudio(row);
    },
    create: async (wanted) => {
      try {
        await studio.create({ data: wanted, select: { id: true } });
        return true;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        const row = await studio.findUnique({ where: { id: wanted.id } });
        return row?.orgId === wanted.orgId && row.name === wanted.name && row.kind === wanted.kind;
      }
    },
    setMember: async (studioId, personId, { isConvener }) => {
      await studioMember.upsert({
        where: { studioId_personId: { studioId, personId } },
        create: { studioId, personId, isConvener },
        update: { isConvener },
      });
    },
  };
}

type Row = {
  id: string;
  name: string;
  kind: string;
  members: { isConvener: boolean; person: { id: string; name: string; affiliation: string } }[];
};

function toStudio({ members, ...row }: Row): Studio {
  const people = members.map(({ isConvener, person: { id, name, affiliation } }) => {
    return { isConvener, person: { personId: id, name, affiliation } };
  });
  return Studio.parse({
    ...row,
    conveners: people.filter(({ isConvener }) => isConvener).map(({ person }) => person),
    members: people.filter(({ isConvener }) => !isConvener).map(({ person }) => person.personId),
  });
}
