import * as Y from 'yjs';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import type { ClientClaim, DocumentLog } from '../ports/document-log.ts';
import type { Bucket } from './buckets.ts';
import type { LiveText } from './document.ts';

/** Somebody who wants client ids to be theirs. */
export type Claimant = {
  readonly authorId: ParticipantId;
  /** How many ids that are new to a text this person may still bring. */
  readonly ids: Bucket;
};

/**
 * brought: they bring back what a backup lacks, whoever wrote it; nothing becomes theirs.
 * owned: all of them are theirs. foreign: one is somebody else's. unclaimed: they may not write, so nothing became
 * theirs. crowded: they brought too many.
 */
export type Claimed = 'owned' | 'foreign' | 'unclaimed' | 'crowded' | 'brought';

/** Whose Yjs client ids are, in one document: of whoever claims them first, for ever [W4]. */
export type Owners = {
  /**
   * Claims those of clientIds that nobody is known to own. Throws when storage is away.
   * written: they write under them, and do not only show a cursor; isAnswer: not by choice, we asked for all that they
   * have and the log lacks.
   */
  readonly claim: (
    claimant: Claimant,
    clientIds: readonly number[],
    written?: { readonly isAnswer: boolean },
  ) => Promise<Claimed>;
};

export function createOwners(deps: {
  readonly documentId: DocumentId;
  readonly text: Pick<LiveText, 'doc'>;
  readonly documentLog: Pick<DocumentLog, 'claimClients' | 'isRecovering'>;
}): Owners {
  // Who owns a client id never changes, so it is asked once.
  const known = new Map<number, ParticipantId>();
  /** Ids under which their owner has written here: all that came before is in the log, so nobody else has more of it. */
  const active = new Set<number>();
  /** Ids that were paid for, and whose claim has not come through yet: trying again is free. */
  const paid = new Set<number>();
  let gathering: ClientClaim[] = [];
  let flight: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  /** Claims that come while others are asked go together in one statement. */
  function ask(claims: readonly ClientClaim[]): Promise<void> {
    gathering.push(...claims);
    return (next ??= depart(flight));
  }

  async function depart(before: Promise<void>): Promise<void> {
    await before.catch(() => undefined); // whoever asked hears of its failure
    const claims = gathering;
    gathering = [];
    next = null;
    flight = settle(claims);
    await flight;
  }

  async function settle(claims: readonly ClientClaim[]): Promise<void> {
    for (const [clientId, owner] of await deps.documentLog.claimClients(deps.documentId, claims)) {
      known.set(clientId, owner);
      paid.delete(clientId);
    }
  }

  /** Ids that stand in the text were paid for by whoever brought them. */
  function pay({ ids }: Claimant, clientIds: readonly number[]): boolean {
    const unpaid = clientIds.filter(
      (clientId) => !paid.has(clientId) && Y.getState(deps.text.doc.store, clientId) === 0,
    );
    if (unpaid.length > 0 && !ids.take(unpaid.length)) return false;
    for (const clientId of unpaid) paid.add(clientId);
    return true;
  }

  async function claimOwn(claimant: Claimant, clientIds: readonly number[]): Promise<Claimed> {
    const { authorId } = claimant;
    const isForeign = () => clientIds.some((id) => (known.get(id) ?? authorId) !== authorId);
    if (isForeign()) return 'foreign';
    const unknown = clientIds.filter((clientId) => !known.has(clientId));
    if (unknown.length === 0) return 'owned';
    if (!pay(claimant, unknown)) return 'crowded';
    await ask(unknown.map((clientId) => ({ clientId, authorId })));
    if (isForeign()) return 'foreign';
    return unknown.every((clientId) => known.has(clientId)) ? 'owned' : 'unclaimed';
  }

  return {
    claim: async (claimant, clientIds, written) => {
      const others = clientIds.filter((id) => known.get(id) !== claimant.authorId);
      const mayBring =
        written?.isAnswer === true && others.length > 0 && !others.some((id) => active.has(id));
      if (mayBring && (await deps.documentLog.isRecovering(deps.documentId))) return 'brought';
      const claimed = await claimOwn(claimant, clientIds);
      if (claimed === 'owned' && written !== undefined) for (const id of clientIds) active.add(id);
      return claimed;
    },
  };
}
