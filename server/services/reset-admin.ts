import { readablePassword } from '../../core/domain/passwords.ts';
import type { AccountRecords } from '../ports/account-records.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Passwords } from './passwords.ts';

/** What giving the administrator a new password needs of the world. */
export type ResetDeps = {
  readonly records: Pick<AccountRecords, 'admins' | 'change'>;
  readonly passwords: Pick<Passwords, 'hash'>;
  readonly ids: Pick<Ids, 'token'>;
  readonly clock: Clock;
};

/** How the administrator signs in from now on, or whom one may name when it is not clear who is meant. */
export type Reset =
  | { readonly kind: 'reset'; readonly login: string; readonly password: string }
  | { readonly kind: 'unclear'; readonly logins: readonly string[] };

/**
 * A new password for whoever lost theirs and has the server itself: ends their sign-ins, and lets them in again when
 * they were shut out. Without a login there must be one administrator only.
 */
export async function resetAdmin(deps: ResetDeps, wanted: string | undefined): Promise<Reset> {
  const admins = await deps.records.admins();
  const found =
    wanted === undefined && admins.length === 1 ? admins : admins.filter((one) => one.login === wanted);
  const [admin] = found;
  if (admin === undefined) return { kind: 'unclear', logins: admins.map(({ login }) => login) };
  const password = readablePassword(Buffer.from(deps.ids.token(), 'base64url'));
  const change = { passwordHash: await deps.passwords.hash(password), isDisabled: false };
  await deps.records.change(admin.personId, change, deps.clock.now());
  return { kind: 'reset', login: admin.login, password };
}
