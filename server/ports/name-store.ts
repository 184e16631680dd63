import type { Consent } from '../../core/domain/consent.ts';
import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';

/** Real names, which lie with the people and never in a log. */
export type NameStore = {
  /** What a guest gave beside their form of address; what they gave first stays. */
  readonly keep: (personId: PersonId, realName: string) => Promise<void>;
  /** The name of the account behind a seat, or what a guest gave; null where there is none, or none any more. */
  readonly realNameOf: (sessionId: SessionId, participantId: ParticipantId) => Promise<string | null>;
  /** What the guest behind a seat agreed to; null where that was not kept, was erased, or they have an account. */
  readonly consentOf: (sessionId: SessionId, participantId: ParticipantId) => Promise<Consent | null>;
};
