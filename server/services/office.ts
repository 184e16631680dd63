import type { BodyOf, ReplyOf } from '../../core/contract/route.ts';
import type { AccountRecord, officeRoutes, Studio } from '../../core/contract/office.ts';
import { OrgId, type PersonId, type StudioId } from '../../core/domain/ids.ts';
import { may, type Act } from '../../core/domain/people.ts';
import { AppError } from '../app-error.ts';
import type { AccountRecords } from '../ports/account-records.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cut, SignedIn } from '../ports/sign-ins.ts';
import type { StudioStore } from '../ports/studio-store.ts';
import type { Passwords } from './passwords.ts';

/** What looking after an organisation needs of the world. */
export type OfficeDeps = {
  readonly records: AccountRecords;
  readonly studios: StudioStore;
  readonly passwords: Passwords;
  readonly cut: (cut: Cut) => void;
  readonly clock: Clock;
};

export type OfficeService = ReturnType<typeof createOffice>;

/** Studios and accounts, as the office of their organisation looks after them [P7]. */
export function createOffice(deps: OfficeDeps) {
  return {
    studios: (who: SignedIn) => listStudios(deps, who),
    createStudio: async (
      who: SignedIn,
      wanted: BodyOf<typeof officeRoutes.createStudio>,
    ): Promise<Studio> => {
      const orgId = guardOffice(who, 'org:manage');
      if (!(await deps.studios.create({ ...wanted, orgId }))) throw new AppError('ID_TAKEN');
      return studioIn(deps, orgId, wanted.id);
    },
    setMember: (who: SignedIn, wanted: MemberWish) => setMember(deps, who, wanted),
    accounts: async (who: SignedIn): Promise<ReplyOf<typeof officeRoutes.listAccountRecords>> => {
      const orgId = guardOffice(who, 'people:manage');
      return { accounts: [...(await deps.records.list(orgId))] };
    },
    changeAccount: (who: SignedIn, personId: PersonId, wanted: ChangeWish) =>
      changeAccount(deps, who, { personId, wanted }),
  };
}

type MemberWish = { readonly studioId: StudioId; readonly personId: PersonId; readonly isConvener: boolean };
type ChangeWish = BodyOf<typeof officeRoutes.changeAccount>;

async function listStudios({ studios }: OfficeDeps, who: SignedIn): Promise<Studio[]> {
  if (who.orgId !== null && who.office !== null && may(who.office, 'people:manage'))
    return [...(await studios.list(OrgId.parse(who.orgId)))];
  const own = who.isGuest ? [] : await studios.listOf(who.personId);
  if (own.length === 0) throw new AppError('ROLE_MAY_NOT', { details: { act: 'session:plan' } });
  return [...own];
}

async function setMember(
  deps: OfficeDeps,
  who: SignedIn,
  { studioId, personId, isConvener }: MemberWish,
): Promise<Studio> {
  const orgId = guardOffice(who, 'org:manage');
  await studioIn(deps, orgId, studioId);
  await accountIn(deps, orgId, personId);
  await deps.studios.setMember(studioId, personId, { isConvener });
  return studioIn(deps, orgId, studioId);
}

async function changeAccount(
  deps: OfficeDeps,
  who: SignedIn,
  { personId, wanted }: { personId: PersonId; wanted: ChangeWish },
): Promise<AccountRecord> {
  const orgId = guardOffice(who, 'people:manage');
  const { office, convenes } = await accountIn(deps, orgId, personId);
  // Else staff would only have to set the password of an administrator, or of a convener, to be one.
  if ((office !== null || convenes.length > 0) && personId !== who.personId) guardOffice(who, 'org:manage');
  const { password, ...change } = wanted;
  if (personId === who.personId && (change.isDisabled === true || password !== undefined))
    throw new AppError('OWN_ACCOUNT');
  const passwordHash = password === undefined ? undefined : await deps.passwords.hash(password);
  const ended = await deps.records.change(personId, { ...change, passwordHash }, deps.clock.now());
  for (const signInId of ended) deps.cut({ kind: 'sign-in', signInId });
  return accountIn(deps, orgId, personId);
}

async function studioIn({ studios }: OfficeDeps, orgId: OrgId, studioId: StudioId): Promise<Studio> {
  const found = await studios.find(orgId, studioId);
  if (found === null) throw new AppError('STUDIO_UNKNOWN');
  return found;
}

async function accountIn({ records }: OfficeDeps, orgId: OrgId, personId: PersonId): Promise<AccountRecord> {
  const found = await records.find(orgId, personId);
  if (found === null) throw new AppError('ACCOUNT_UNKNOWN');
  return found;
}

/** The organisation of whoever may do this in its office. */
function guardOffice(who: SignedIn, act: Act): OrgId {
  if (who.orgId === null || who.office === null || !may(who.office, act))
    throw new AppError('ROLE_MAY_NOT', { details: { act } });
  return OrgId.parse(who.orgId);
}
