import type { Consent } from '../../core/domain/consent.ts';
import type { Instant, LinkId, LocalId, PersonId, SessionId } from '../../core/domain/ids.ts';
import type { JoinableRole } from '../../core/domain/people.ts';

/** A link at rest; its token is derived, never stored. */
export type StoredLink = {
  readonly id: LinkId;
  readonly sessionId: SessionId;
  readonly role: JoinableRole;
  readonly venueId: LocalId | null;
  readonly uses: number;
  readonly maxUses: number;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
};

/** A guest about to be let in. */
export type NewGuest = {
  readonly linkId: LinkId;
  readonly personId: PersonId;
  /** '' asks for a numbered one. */
  readonly name: string;
  /** What a numbered name begins with. */
  readonly numberedAs: string;
  readonly token: string;
  /** What they agreed to, kept with their person. */
  readonly consent: Consent;
  readonly signInExpiresAt: Instant;
  readonly now: Instant;
};

/** Links at rest, and the guests they let in. */
export type LinkStore = {
  readonly find: (id: LinkId) => Promise<StoredLink | null>;
  readonly list: (sessionId: SessionId) => Promise<readonly StoredLink[]>;
  /** False: the id is in use. */
  readonly create: (link: StoredLink) => Promise<boolean>;
  /** Revokes a link of this session, once; null when the session has no such link. */
  readonly revoke: (sessionId: SessionId, id: LinkId, at: Instant) => Promise<StoredLink | null>;
  /** Names for the preview of a link. */
  readonly housesOf: (sessionId: SessionId) => Promise<{
    readonly orgName: string;
    readonly studioName: string;
    readonly startsAt: Instant | null;
  } | null>;
  /**
   * Counts one use and makes the guest's person and sign-in, together or not at all. Answers how the guest is called:
   * a number is the place among all whom the session's links let in with this role. The same person again is answered
   * with the first name and counted once. Null when the link is used up, revoked or expired.
   */
  readonly admit: (guest: NewGuest) => Promise<string | null>;
  /** Whether this guest was admitted, with or without a seat yet. */
  readonly isAdmitted: (personId: PersonId) => Promise<boolean>;
  /** Takes an admission back: the person, the sign-in and the use. Does nothing when the guest has a seat, or twice. */
  readonly dismiss: (linkId: LinkId, personId: PersonId) => Promise<void>;
};
