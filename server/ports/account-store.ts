import type { Account } from '../../core/contract/sessions.ts';
import type { Me } from '../../core/contract/accounts.ts';
import type { OrgId, PersonId, StudioId } from '../../core/domain/ids.ts';

/** What signing in needs to know of a login. */
export type Credentials = { readonly personId: PersonId; readonly passwordHash: string };

/** An account as it is created: the password is already hashed. */
export type NewAccount = Account & { readonly orgId: OrgId; readonly passwordHash: string };

/** Accounts at rest. */
export type AccountStore = {
  /** Null: no such login, no password, or the person is disabled. */
  readonly findCredentials: (login: string) => Promise<Credentials | null>;
  readonly findMe: (personId: PersonId) => Promise<Me | null>;
  /** Accounts of an organisation that are not disabled, by name. */
  readonly list: (orgId: OrgId) => Promise<readonly Account[]>;
  /** taken: which of the two unique things is in use by another account. there: this id and login are an account of the organisation already. */
  readonly create: (account: NewAccount) => Promise<'done' | 'there' | 'login taken' | 'id taken'>;
  /** Which of these people have an account in the organisation that is not disabled. */
  readonly withAccount: (orgId: OrgId, personIds: readonly PersonId[]) => Promise<ReadonlySet<string>>;
  /** Studios where a person convenes, with the organisation they belong to. */
  readonly convenes: (
    personId: PersonId,
  ) => Promise<readonly { readonly studioId: StudioId; readonly orgId: OrgId }[]>;
};
