import * as Y from 'yjs';

/**
 * A document that holds what the log says, and nothing of its own. Yjs takes away marks that became needless when two
 * people make the same words bold: as an edit of whoever looks on, here of nobody, which stands in no log.
 */
export function logDoc(): Y.Doc {
  const doc = new Y.Doc();
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}
