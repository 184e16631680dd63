import type { PoolClient } from 'pg';
import type { SealedText } from '../../core/domain/course-events.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { OutcomeNode } from '../../core/domain/outcome.ts';

/** The shared text as the room engine needs it at the close. */
export type Texts = {
  /** Makes the document writable or not, inside the caller's transaction. */
  readonly setWritable: (tx: PoolClient, documentId: DocumentId, writable: boolean) => Promise<void>;
  /**
   * Freezes the document inside the caller's transaction and folds its log into the final text.
   * sha256 is over the canonical JSON of outcome [O3].
   */
  readonly seal: (
    tx: PoolClient,
    documentId: DocumentId,
  ) => Promise<SealedText & { readonly outcome: OutcomeNode }>;
};
