import type { LocalId, ParticipantId, SessionId } from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';

/** Somebody connected now. */
export type Present = {
  readonly participantId: ParticipantId;
  readonly role: Role;
  readonly venueId: LocalId;
};

/** Bus channel that tells other processes to count a session again; the message is its id. */
export const PRESENCE_CHANNEL = 'presence';

/**
 * Who is connected in all processes. Ephemeral: an entry goes by itself when its process dies.
 * No function throws; what cannot be told is told again with the next refresh.
 */
export type PresenceStore = {
  /** Says who is connected to a session here; repeated often enough to stay alive. */
  readonly tell: (sessionId: SessionId, here: readonly Present[]) => Promise<void>;
  /** Everybody connected anywhere; null when the other processes cannot be asked. */
  readonly everybody: (sessionId: SessionId) => Promise<readonly Present[] | null>;
};
