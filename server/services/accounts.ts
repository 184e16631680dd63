import { createHash } from 'node:crypto';
import type { Me } from '../../core/contract/accounts.ts';
import { DOORS } from '../../core/contract/limits.ts';
import type { Account } from '../../core/contract/sessions.ts';
import { OrgId, type Instant, type PersonId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { AppError } from '../app-error.ts';
import type { AccountRecords } from '../ports/account-records.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';
import type { Cut, SignedIn } from '../ports/sign-ins.ts';
import type { Throttle } from '../ports/throttle.ts';
import { signInToken } from '../sign-in-token.ts';
import type { Passwords } from './passwords.ts';

/** What accounts need of the world. */
export type AccountsDeps = {
  readonly store: AccountStore;
  readonly records: AccountRecords;
  readonly signIns: SignInStore;
  readonly passwords: Passwords;
  /** Wrong passwords, by login and address. */
  readonly failures: Throttle;
  /** The key that sign-ins are marked with. */
  readonly secret: string;
  readonly cut: (cut: Cut) => void;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type Accounts = ReturnType<typeof createAccounts>;

/** Signing in and out, and the accounts of an organisation. */
export function createAccounts(deps: AccountsDeps) {
  return {
    signIn: (asked: { login: string; password: string; address: string }) => signIn(deps, asked),
    signOut: async (who: SignedIn, everywhere: boolean): Promise<void> => {
      const ended = everywhere ? await deps.signIns.revokeAll(who.personId) : [who.signInId];
      if (!everywhere) await deps.signIns.revoke(who.signInId);
      for (const signInId of ended) deps.cut({ kind: 'sign-in', signInId });
    },
    me: (who: SignedIn) => loadMe(deps, who.personId),
    list: async (who: SignedIn): Promise<{ orgId: OrgId; accounts: Account[] }> => {
      const orgId = officeOf(who);
      const convenes = await deps.store.convenes(who.personId);
      const mayList = holds(who, 'people:manage') || convenes.some((studio) => studio.orgId === orgId);
      if (orgId === null || !mayList)
        throw new AppError('ROLE_MAY_NOT', { details: { act: 'people:manage' } });
      return { orgId, accounts: [...(await deps.store.list(orgId))] };
    },
    changePassword: (who: SignedIn, asked: OwnPassword) => changePassword(deps, who, asked),
    create: (who: SignedIn, account: Account & { password: string }) => createAccount(deps, who, account),
  };
}

async function signIn(
  deps: AccountsDeps,
  asked: { login: string; password: string; address: string },
): Promise<{ token: string; me: Me }> {
  const { store, signIns, passwords, failures, clock, ids } = deps;
  const login = asked.login.trim().toLowerCase();
  // By login and address together: guessing from elsewhere does not lock the person out here.
  const key = failureKey(login, asked.address);
  await guardTries(failures, key);
  const found = await store.findCredentials(login);
  const isRight = await passwords.matches(asked.password, found?.passwordHash ?? null);
  // Once more: many guesses at once all came before the first of them had failed.
  await guardTries(failures, key);
  if (!isRight || found === null) {
    await countTry(failures, key);
    throw new AppError('SIGN_IN_WRONG');
  }
  await failures.clear(key);
  const token = signInToken(deps.secret, Buffer.from(ids.token(), 'base64url'));
  const isIn = await signIns.add({ token, ...found, expiresAt: signInEnd(clock.now(), DOORS.signInDays) });
  if (!isIn) throw new AppError('SIGN_IN_WRONG');
  return { token, me: await loadMe(deps, found.personId) };
}

function failureKey(who: string, address: string): string {
  return createHash('sha256')
    .update(JSON.stringify([who, address]))
    .digest('base64url');
}

async function guardTries(failures: Throttle, key: string): Promise<void> {
  refuseFor(await failures.waitMs(key));
}

/** Of guesses that are judged at the same time no more are told that they are wrong than of guesses in turn. */
async function countTry(failures: Throttle, key: string): Promise<void> {
  refuseFor(await failures.fail(key));
}

function refuseFor(waitMs: number | null): void {
  if (waitMs !== null) throw new AppError('TOO_OFTEN', { details: { retryAfterMs: waitMs } });
}

type OwnPassword = { readonly oldPassword: string; readonly password: string; readonly address: string };

/** Whoever found a browser open does not thereby own the account: the old password is asked, and not for ever [P8]. */
async function changePassword(deps: AccountsDeps, who: SignedIn, asked: OwnPassword): Promise<void> {
  const { records, passwords, failures, clock } = deps;
  const key = failureKey(who.personId, asked.address);
  await guardTries(failures, key);
  const isRight = await passwords.matches(asked.oldPassword, await records.passwordHashOf(who.personId));
  await guardTries(failures, key);
  if (!isRight) {
    await countTry(failures, key);
    throw new AppError('PASSWORD_WRONG');
  }
  await failures.clear(key);
  const ended = await records.setOwnPassword({
    personId: who.personId,
    passwordHash: await passwords.hash(asked.password),
    keptSignInId: who.signInId,
    at: clock.now(),
  });
  for (const signInId of ended) deps.cut({ kind: 'sign-in', signInId });
}

/** When a sign-in that begins now ends, after so many days. */
export function signInEnd(now: Instant, days: number): Instant {
  return new Date(Date.parse(now) + days * 86_400_000).toISOString();
}

async function loadMe({ store }: AccountsDeps, personId: PersonId): Promise<Me> {
  const me = await store.findMe(personId);
  if (me === null) throw new AppError('SIGN_IN_NEEDED');
  return me;
}

async function createAccount(
  { store, records, passwords }: AccountsDeps,
  who: SignedIn,
  { password, ...account }: Account & { password: string },
): Promise<Account> {
  const orgId = officeOf(who);
  if (orgId === null || !holds(who, 'people:manage'))
    throw new AppError('ROLE_MAY_NOT', { details: { act: 'people:manage' } });
  const made = await store.create({ ...account, orgId, passwordHash: await passwords.hash(password) });
  if (made === 'login taken') throw new AppError('LOGIN_TAKEN');
  if (made === 'id taken') throw new AppError('ID_TAKEN');
  if (made === 'there') {
    // The same again is the same account; with another name or password it would only seem to be changed.
    const kept = await records.find(orgId, account.personId);
    const isSame = kept?.name === account.name && kept.affiliation === account.affiliation;
    const isTheirs = await passwords.matches(password, await records.passwordHashOf(account.personId));
    if (!isSame || !isTheirs) throw new AppError('ID_TAKEN');
  }
  return account;
}

function holds(who: SignedIn, act: 'people:manage'): boolean {
  return who.office !== null && may(who.office, act);
}

function officeOf(who: SignedIn): OrgId | null {
  return who.orgId === null ? null : OrgId.parse(who.orgId);
}
