import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog, SnapshotMark } from '../ports/document-log.ts';
import { createFolding, type Folding } from './folding.ts';
import { TEXT_LIMITS } from './limits.ts';

/** Folds the logs of texts into snapshots, one text at a time in a process. */
export type Compactor = {
  /** The snapshot that counts now. Null: there is no such text, or this process ends. Throws when it could not be made. */
  readonly compact: (documentId: DocumentId) => Promise<SnapshotMark | null>;
  /** Makes no more; what is being folded is left, for its rows are there. */
  readonly close: () => Promise<void>;
};

export function createCompactor(documentLog: Pick<DocumentLog, 'load' | 'saveSnapshot'>): Compactor {
  const folding = createFolding({ longestMs: TEXT_LIMITS.foldMs, idleMs: TEXT_LIMITS.foldIdleMs });
  /** Asked for, and not begun. */
  const waiting = new Map<DocumentId, Promise<SnapshotMark | null>>();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function run(documentId: DocumentId, before: Promise<unknown>): Promise<SnapshotMark | null> {
    await before.catch(() => undefined); // whoever asked for it hears of its failure
    waiting.delete(documentId);
    return isClosed ? null : compact(documentLog, folding, documentId);
  }

  return {
    compact: (documentId) => {
      const asked = waiting.get(documentId);
      if (asked !== undefined) return asked;
      const running = run(documentId, last);
      waiting.set(documentId, running);
      last = running;
      return running;
    },
    close: async () => {
      isClosed = true;
      await folding.close();
      await last.catch(() => undefined);
    },
  };
}

/**
 * Folds a document's log into a snapshot, so that loading it stays short. Rows stay for a while [W12]. Whoever is faster
 * wins (compare-and-set): the loser's work is thrown away, and it learns whose snapshot counts.
 */
export async function compact(
  documentLog: Pick<DocumentLog, 'load' | 'saveSnapshot'>,
  { snapshotOf, framesOf }: Pick<Folding, 'snapshotOf' | 'framesOf'>,
  documentId: DocumentId,
): Promise<SnapshotMark | null> {
  const stored = await documentLog.load(documentId);
  if (stored === null) return null;
  const last = stored.updates[stored.updates.length - 1];
  if (last === undefined) return { seq: stored.snapshotSeq, bytes: stored.snapshot?.byteLength ?? 0 };
  const data = await snapshotOf(stored);
  const frames = await framesOf(stored);
  const { snapshotSeq: replacesSeq } = stored;
  return documentLog.saveSnapshot(documentId, { data, seq: last.seq, replacesSeq, frames });
}
