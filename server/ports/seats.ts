import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';

/** Which seat a person has in a session; asked at every use. Removed seats are found too: the room refuses them. */
export type Seats = {
  readonly find: (sessionId: SessionId, personId: PersonId) => Promise<ParticipantId | null>;
};
