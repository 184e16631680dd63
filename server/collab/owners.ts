import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import type { DocumentLog } from '../ports/document-log.ts';

/** Whose Yjs client ids are, in one document [W4]. */
export type Owners = {
  /** Claims those of clientIds that nobody is known to own. Throws when storage is away. */
  readonly claim: (authorId: ParticipantId, clientIds: readonly number[]) => Promise<void>;
  /** Whether one of clientIds is known to be somebody else's. */
  readonly isForeign: (authorId: ParticipantId, clientIds: readonly number[]) => boolean;
};

export function createOwners(deps: {
  readonly documentId: DocumentId;
  readonly documentLog: Pick<DocumentLog, 'claimClients'>;
}): Owners {
  // Who owns a client id never changes, so it is asked once.
  const known = new Map<number, ParticipantId>();
  return {
    claim: async (authorId, clientIds) => {
      const unclaimed = clientIds.filter((clientId) => !known.has(clientId));
      if (unclaimed.length === 0) return;
      const claims = unclaimed.map((clientId) => ({ clientId, authorId }));
      for (const [clientId, owner] of await deps.documentLog.claimClients(deps.documentId, claims))
        known.set(clientId, owner);
    },
    // Unclaimed still: the author may not write, and the log will say so.
    isForeign: (authorId, clientIds) =>
      clientIds.some((clientId) => (known.get(clientId) ?? authorId) !== authorId),
  };
}
