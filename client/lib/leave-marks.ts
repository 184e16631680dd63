import type * as Y from 'yjs';

/**
 * Yjs would take away marks that others' edits made needless, as an edit of this page: everybody who looks on would
 * send it, and whoever only reads would be told that it is not saved.
 */
export function leaveMarks(transaction: Y.Transaction): void {
  transaction._needFormattingCleanup = false;
}
