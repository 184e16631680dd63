import { AppError } from '../app-error.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { Texts } from '../ports/texts.ts';
import { createFolding, UnfoldableError, type Folding } from './folding.ts';
import { TEXT_LIMITS } from './limits.ts';

type TextsDeps = {
  readonly documentLog: Pick<DocumentLog, 'setWritable' | 'freeze'>;
  /** A thread that no snapshot of another text keeps busy: whoever closes a session waits. */
  readonly folding?: Pick<Folding, 'finalTextOf' | 'close'>;
};

/** The shared text as the room engine needs it when a session opens and closes. */
export function createTexts({
  documentLog,
  folding = createFolding({ longestMs: TEXT_LIMITS.sealMs, idleMs: TEXT_LIMITS.foldIdleMs }),
}: TextsDeps): Texts & { readonly close: () => Promise<void> } {
  return {
    setWritable: (tx, documentId, writable) => documentLog.setWritable(tx, documentId, writable),
    // The caller's transaction waits, with its session and one connection; the process goes on.
    seal: async (tx, documentId) => {
      const stored = await documentLog.freeze(tx, documentId);
      if (stored === null) throw new AppError('DOCUMENT_UNKNOWN');
      return { head: stored.head, ...(await folding.finalTextOf(stored).catch(busy)) };
    },
    close: folding.close,
  };
}

/** Nothing was sealed, and the session is open as before: it can be tried again, but where that changes nothing. */
function busy(cause: unknown): never {
  if (cause instanceof UnfoldableError) throw cause;
  throw new AppError('BUSY', { cause });
}
