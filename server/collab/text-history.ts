import type { DocumentLog } from '../ports/document-log.ts';
import type { TextHistory } from '../ports/text-history.ts';
import { createCompactor } from './compaction.ts';

/** Frames as they are stored; what was written after the last snapshot is folded first, in a thread. */
export function createTextHistory(
  documentLog: Pick<DocumentLog, 'load' | 'saveSnapshot' | 'frames'>,
): TextHistory & { readonly close: () => Promise<void> } {
  const compactor = createCompactor(documentLog);
  return {
    framesOf: async (documentId) => {
      await compactor.compact(documentId);
      return documentLog.frames(documentId);
    },
    close: compactor.close,
  };
}
