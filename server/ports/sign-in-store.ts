import type { Instant, PersonId } from '../../core/domain/ids.ts';

/** Sign-ins at rest: the token itself is never stored. */
export type SignInStore = {
  readonly add: (signIn: {
    readonly token: string;
    readonly personId: PersonId;
    readonly expiresAt: Instant;
  }) => Promise<void>;
  /** Ends one sign-in. */
  readonly revoke: (signInId: string) => Promise<void>;
  /** Ends every sign-in of a person and tells which ones they were (signInId). */
  readonly revokeAll: (personId: PersonId) => Promise<readonly string[]>;
};
