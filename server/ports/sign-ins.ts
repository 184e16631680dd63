import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import type { Office } from '../../core/domain/people.ts';

/** Somebody signed in on one browser. */
export type SignedIn = {
  readonly personId: PersonId;
  readonly name: string;
  readonly office: Office | null;
  readonly orgId: string | null;
  readonly isGuest: boolean;
  /** Hex of the row's key (SHA-256 of the token): names this sign-in in cut-offs. Never the token. */
  readonly signInId: string;
  /** The seat in the session that the request is about, when it was asked for with the sign-in; asked again where it counts [P13]. */
  readonly seat?: { readonly sessionId: SessionId; readonly id: ParticipantId | null };
};

/** Asks the database who a request is from. Null: nobody, expired, revoked, or the person is disabled. */
export type SignIns = {
  readonly find: (cookieHeader: string | undefined, sessionId?: SessionId) => Promise<SignedIn | null>;
  /** Which of these sign-ins (signInId) are still good; one query for all sockets of a process. */
  readonly stillGood: (signInIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

/** Bus channel and message that make every process cut connections at once. */
export const CUT_CHANNEL = 'cut';
export type Cut =
  | { readonly kind: 'sign-in'; readonly signInId: string }
  | { readonly kind: 'person'; readonly personId: PersonId; readonly sessionId: SessionId };
