import { createHash } from 'node:crypto';
import type { Me } from '../../core/contract/accounts.ts';
import { DOORS } from '../../core/contract/limits.ts';
import type { Account } from '../../core/contract/sessions.ts';
import { OrgId, type Instant, type PersonId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { AppError } from '../app-error.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';
import type { Cut, SignedIn } from '../ports/sign-ins.ts';
import type { Throttle } from '../ports/throttle.ts';
import type { Passwords } from './passwords.ts';

/** What accounts need of the world. */
export type AccountsDeps = {
  readonly store: AccountStore;
  readonly signIns: SignInStore;
  readonly passwords: Passwords;
  /** Wrong passwords, by login and address. */
  readonly failures: Throttle;
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
  const key = createHash('sha256')
    .update(JSON.stringify([login, asked.address]))
    .digest('base64url');
  const waitMs = await failures.waitMs(key);
  if (waitMs !== null) throw new AppError('TOO_OFTEN', { details: { retryAfterMs: waitMs } });
  const found = await store.findCredentials(login);
  if (!(await passwords.matches(asked.password, found?.passwordHash ?? null)) || found === null) {
    await failures.fail(key);
    throw new AppError('SIGN_IN_WRONG');
  }
  await failures.clear(key);
  const token = ids.token();
  await signIns.add({ token, personId: found.personId, expiresAt: signInEnd(clock.now()) });
  return { token, me: await loadMe(deps, found.personId) };
}

/** When a sign-in that begins now ends. */
export function signInEnd(now: Instant): Instant {
  return new Date(Date.parse(now) + DOORS.signInDays * 86_400_000).toISOString();
}

async function loadMe({ store }: AccountsDeps, personId: PersonId): Promise<Me> {
  const me = await store.findMe(personId);
  if (me === null) throw new AppError('SIGN_IN_NEEDED');
  return me;
}

async function createAccount(
  { store, passwords }: AccountsDeps,
  who: SignedIn,
  { password, ...account }: Account & { password: string },
): Promise<Account> {
  const orgId = officeOf(who);
  if (orgId === null || !holds(who, 'people:manage'))
    throw new AppError('ROLE_MAY_NOT', { details: { act: 'people:manage' } });
  const made = await store.create({ ...account, orgId, passwordHash: await passwords.hash(password) });
  if (made === 'login taken') throw new AppError('LOGIN_TAKEN');
  if (made === 'id taken') throw new AppError('ID_TAKEN');
  return account;
}

function holds(who: SignedIn, act: 'people:manage'): boolean {
  return who.office !== null && may(who.office, act);
}

function officeOf(who: SignedIn): OrgId | null {
  return who.orgId === null ? null : OrgId.parse(who.orgId);
}
