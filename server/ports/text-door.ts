import type { DocumentId } from '../../core/domain/ids.ts';
import type { SignedIn } from './sign-ins.ts';

/** Before a shared text: a browser does not tell its page why a handshake was refused, so the page asks. */
export type TextDoor = {
  /**
   * Resolves when this person may come to this text now; nothing is counted. Throws the AppError that a handshake would
   * be refused with: DOCUMENT_UNKNOWN, what text:read is refused with, TOO_MANY_WINDOWS, TOO_OFTEN, BUSY. Says nothing of
   * a foreign page, nor of a text that cannot be loaded.
   */
  readonly ask: (signedIn: SignedIn, documentId: DocumentId) => Promise<void>;
};
