import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog, StoredText } from '../ports/document-log.ts';
import { applyRow } from './apply-row.ts';

/**
 * Folds a document's log into a snapshot, so that loading it stays short. Rows are kept: a bad snapshot can be made
 * anew. Whoever is faster wins (compare-and-set), the loser's work is thrown away. Null: nothing was replaced.
 * It runs on the main loop: a text is bounded to 10 MB and a usual one folds in some ms.
 */
export async function compact(
  documentLog: DocumentLog,
  documentId: DocumentId,
): Promise<{ readonly seq: number; readonly bytes: number } | null> {
  const stored = await documentLog.load(documentId);
  const last = stored?.updates[stored.updates.length - 1];
  if (stored === null || last === undefined) return null;
  const doc = foldText(stored);
  const data = Y.encodeStateAsUpdate(doc);
  const isWhole = isSameText(doc, data);
  doc.destroy();
  // Never trusted before it was read back: a snapshot that differs would replace the truth at the next load.
  if (!isWhole) throw new Error('the snapshot of a text differs from its log');
  const isSaved = await documentLog.saveSnapshot(documentId, {
    data,
    seq: last.seq,
    replacesSeq: stored.snapshotSeq,
  });
  return isSaved ? { seq: last.seq, bytes: data.byteLength } : null;
}

/** The document that a log stands for. Through one Y.Doc in one transaction: merging many updates costs 70 times more. */
export function foldText(stored: StoredText): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot);
    // A row that cannot be applied is logged where it is applied for people to read.
    for (const row of stored.updates) applyRow(doc, row.data, () => undefined);
  });
  return doc;
}

function isSameText(doc: Y.Doc, snapshot: Uint8Array): boolean {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, snapshot);
  const isSame = Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy));
  copy.destroy();
  return isSame;
}
