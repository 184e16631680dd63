import type { AccountRecord } from '../../core/contract/office.ts';
import type { Instant, OrgId, PersonId } from '../../core/domain/ids.ts';

/** What may be changed in an account; what is left out stays as it is. */
export type AccountChange = {
  readonly name?: string | undefined;
  readonly affiliation?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
};

/** An account with the administrator's office. */
export type Admin = { readonly personId: PersonId; readonly login: string };

/** Accounts as their office looks after them; guests have none. */
export type AccountRecords = {
  /** Every account of an organisation, by name. */
  readonly list: (orgId: OrgId) => Promise<readonly AccountRecord[]>;
  /** Who has the administrator's office, in any organisation. */
  readonly admins: () => Promise<readonly Admin[]>;
  /** Null: no such account in the organisation. */
  readonly find: (orgId: OrgId, personId: PersonId) => Promise<AccountRecord | null>;
  /** Keeps the change and, when it disables the account or sets a password, ends its sign-ins: which (signInId). */
  readonly change: (personId: PersonId, change: AccountChange, at: Instant) => Promise<readonly string[]>;
  /** The hash of a person's password; null for whoever has none. */
  readonly passwordHashOf: (personId: PersonId) => Promise<string | null>;
  /** A person's own new password: keeps it and ends their other sign-ins, in one transaction; tells which. */
  readonly setOwnPassword: (own: {
    readonly personId: PersonId;
    readonly passwordHash: string;
    readonly keptSignInId: string;
    readonly at: Instant;
  }) => Promise<readonly string[]>;
};
