import type { DocumentId } from '../../core/domain/ids.ts';
import type { TextFrame } from '../../core/domain/replay/text-frames.ts';

/** How a shared text grew. */
export type TextHistory = {
  /** Of a text that takes no more: all of it [RP3]. Throws when storage is away or it could not be folded in time. */
  readonly framesOf: (documentId: DocumentId) => Promise<readonly TextFrame[]>;
};
