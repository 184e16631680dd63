import { AccountRecord } from '../../core/contract/office.ts';
import { PersonId, type Instant } from '../../core/domain/ids.ts';
import type { AccountChange, AccountRecords } from '../ports/account-records.ts';
import type { PrismaClient } from './generated/client.ts';

const columns = {
  id: true,
  name: true,
  affiliation: true,
  login: true,
  office: true,
  disabledAt: true,
  studios: { where: { isConvener: true }, select: { studioId: true } },
} as const;
const isAccount = { isGuest: false, login: { not: null } } as const;

/** What the office keeps of accounts, through Prisma. */
export function createAccountRecords(prisma: PrismaClient): AccountRecords {
  return {
    list: async (orgId) => {
      const people = await prisma.person.findMany({
        where: { orgId, ...isAccount },
        select: columns,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      return people.map(toRecord);
    },
    admins: async () => {
      const people = await prisma.person.findMany({
        where: { office: 'admin', ...isAccount },
        select: { id: true, login: true },
        orderBy: { login: 'asc' },
      });
      return people.map(({ id, login }) => ({ personId: PersonId.parse(id), login: login ?? '' }));
    },
    find: async (orgId, id) => {
      const person = await prisma.person.findFirst({ where: { id, orgId, ...isAccount }, select: columns });
      return person === null ? null : toRecord(person);
    },
    change: (personId, change, at) => changeAccount(prisma, { personId, change, at }),
    passwordHashOf: async (id) => {
      const person = await prisma.person.findUnique({ where: { id }, select: { passwordHash: true } });
      return person?.passwordHash ?? null;
    },
    setOwnPassword: async ({ personId, passwordHash, keptSignInId, at }) => {
      const [, , ended] = await prisma.$transaction([
        prisma.person.update({ where: { id: personId }, data: { passwordHash }, select: { id: true } }),
        ...endSignIns(prisma, personId, { at, but: keptSignInId }),
      ]);
      return ended.map(toSignInId);
    },
  };
}

async function changeAccount(
  prisma: PrismaClient,
  { personId, change, at }: { personId: PersonId; change: AccountChange; at: Instant },
): Promise<string[]> {
  const { name, affiliation, isDisabled, passwordHash } = change;
  const update = prisma.person.update({
    where: { id: personId },
    data: {
      ...(name === undefined ? {} : { name }),
      ...(affiliation === undefined ? {} : { affiliation }),
      ...(isDisabled === undefined ? {} : { disabledAt: isDisabled ? at : null }),
      ...(passwordHash === undefined ? {} : { passwordHash }),
    },
    select: { id: true },
  });
  if (isDisabled !== true && passwordHash === undefined) {
    await update;
    return [];
  }
  const [, , ended] = await prisma.$transaction([update, ...endSignIns(prisma, personId, { at })]);
  return ended.map(toSignInId);
}

/** Two steps of a transaction: they are locked in the order in which a batch of commands locks them, then ended. */
function endSignIns(prisma: PrismaClient, personId: PersonId, { at, but }: { at: Instant; but?: string }) {
  const others = but === undefined ? {} : { tokenHash: { not: Buffer.from(but, 'hex') } };
  return [
    prisma.$executeRaw`select from sign_in where person_id = ${personId}::uuid and revoked_at is null
      order by token_hash for no key update`,
    prisma.signIn.updateManyAndReturn({
      where: { personId, revokedAt: null, ...others },
      data: { revokedAt: at },
      select: { tokenHash: true },
    }),
  ] as const;
}

function toSignInId({ tokenHash }: { tokenHash: Uint8Array }): string {
  return Buffer.from(tokenHash).toString('hex');
}

type Row = {
  id: string;
  name: string;
  affiliation: string;
  login: string | null;
  office: string | null;
  disabledAt: Date | null;
  studios: { studioId: string }[];
};

function toRecord({ id, studios, disabledAt, login, ...row }: Row): AccountRecord {
  return AccountRecord.parse({
    ...row,
    personId: id,
    login: login ?? '',
    isDisabled: disabledAt !== null,
    convenes: studios.map(({ studioId }) => studioId),
  });
}
