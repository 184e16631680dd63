import * as Y from 'yjs';

/**
 * Applies a row of the log. What cannot be integrated at its place in the log is never part of the text: in every
 * process alike, because all apply the same rows in the same order. The guard keeps such updates out; this is the
 * second wall.
 */
export function applyRow(doc: Y.Doc, update: Uint8Array, onFault: (error: unknown) => void): void {
  try {
    Y.applyUpdate(doc, update, 'log');
  } catch (error) {
    onFault(error);
  }
  if (doc.store.pendingStructs === null && doc.store.pendingDs === null) return;
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
  onFault(new Error('an update builds on what is not in the log'));
}
