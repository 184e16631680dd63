import type { Instant, PersonId } from '../../core/domain/ids.ts';

/** Sign-ins at rest: the token itself is never stored. */
export type SignInStore = {
  /**
   * False, and nothing kept: since the password was checked it was changed, or the person disabled. Judged in the
   * statement that adds, so that no sign-in under an old password slips past those that were just ended.
   */
  readonly add: (signIn: {
    readonly token: string;
    readonly personId: PersonId;
    /** The hash that the password was checked against. */
    readonly passwordHash: string;
    readonly expiresAt: Instant;
  }) => Promise<boolean>;
  /** Ends one sign-in. */
  readonly revoke: (signInId: string) => Promise<void>;
  /** Ends every sign-in of a person and tells which ones they were (signInId). */
  readonly revokeAll: (personId: PersonId) => Promise<readonly string[]>;
};
