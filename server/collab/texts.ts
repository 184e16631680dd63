import type { DocumentId } from '../../core/domain/ids.ts';
import { canonical } from '../../core/domain/canonical.ts';
import { digest } from '../../core/domain/chain.ts';
import { AppError } from '../app-error.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { Texts } from '../ports/texts.ts';
import { foldText } from './fold.ts';
import { outcomeOf } from './outcome.ts';

/** The shared text as the room engine needs it when a session opens and closes. */
export function createTexts(documentLog: Pick<DocumentLog, 'setWritable' | 'freeze'>): Texts {
  return {
    setWritable: (tx, documentId, writable) => documentLog.setWritable(tx, documentId, writable),
    seal: async (tx, documentId: DocumentId) => {
      const stored = await documentLog.freeze(tx, documentId);
      if (stored === null) throw new AppError('DOCUMENT_UNKNOWN');
      const doc = foldText(stored);
      const outcome = outcomeOf(doc);
      doc.destroy();
      return { head: stored.head, sha256: digest(canonical(outcome)), outcome };
    },
  };
}
