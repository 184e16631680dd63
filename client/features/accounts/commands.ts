import { accountRoutes } from '../../../core/contract/accounts.ts';
import { officeRoutes, type AccountRecord, type Studio } from '../../../core/contract/office.ts';
import type { BodyOf } from '../../../core/contract/route.ts';
import { sessionRoutes } from '../../../core/contract/sessions.ts';
import type { PersonId, StudioId } from '../../../core/domain/ids.ts';
import { PASSWORD_SEED_BYTES, readablePassword } from '../../../core/domain/passwords.ts';
import { call } from '../../lib/api.ts';
import { asApiError } from '../../lib/errors.ts';
import { setMe } from '../../lib/me.ts';

export type NewAccount = BodyOf<typeof sessionRoutes.createAccount>;
export type AccountChange = BodyOf<typeof officeRoutes.changeAccount>;
export type NewStudio = BodyOf<typeof officeRoutes.createStudio>;

/** The accounts and studios of my organisation. */
export async function loadOffice(): Promise<{
  readonly accounts: readonly AccountRecord[];
  readonly studios: readonly Studio[];
}> {
  const [{ accounts }, { studios }] = await Promise.all([
    asked(call(officeRoutes.listAccountRecords, {})),
    asked(call(officeRoutes.listStudios, {})),
  ]);
  return { accounts, studios };
}

export async function createAccount(body: NewAccount): Promise<void> {
  await asked(call(sessionRoutes.createAccount, { body }));
}

export async function changeAccount(personId: PersonId, body: AccountChange): Promise<void> {
  await asked(call(officeRoutes.changeAccount, { params: { personId }, body }));
}

export async function createStudio(body: NewStudio): Promise<void> {
  await asked(call(officeRoutes.createStudio, { body }));
}

export async function setConvener(
  params: { readonly studioId: StudioId; readonly personId: PersonId },
  isConvener: boolean,
): Promise<void> {
  await asked(call(officeRoutes.setMember, { params, body: { isConvener } }));
}

export async function changeOwnPassword(body: BodyOf<typeof accountRoutes.changePassword>): Promise<void> {
  await asked(call(accountRoutes.changePassword, { body }));
}

/** A password that nobody thought of, and that can be read out on the phone. */
export function newPassword(): string {
  return readablePassword(crypto.getRandomValues(new Uint8Array(PASSWORD_SEED_BYTES)));
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.code === 'UNAUTHENTICATED') setMe(null);
    throw error;
  }
}
