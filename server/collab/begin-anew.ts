import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import { foldText } from './fold.ts';

/** Empties a text that is spoilt, and makes what browsers hold of it another one [W16]. False: it takes no writing. */
export async function beginAnew(
  documentLog: Pick<DocumentLog, 'load' | 'beginAnew'>,
  documentId: DocumentId,
): Promise<boolean> {
  const stored = await documentLog.load(documentId);
  if (stored === null) return false;
  const doc = foldText(stored);
  // Also of those whose edits others brought after a restore: nobody has claimed their ids.
  const clientIds = [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()];
  doc.destroy();
  return await documentLog.beginAnew(documentId, clientIds);
}
