import type { SessionId } from '../../core/domain/ids.ts';

/** The rows that sealed records are read and searched by. */
export type RecordRows = {
  /** Sealed records that have none yet, the oldest first; so many at most. */
  readonly missing: (most: number) => Promise<readonly SessionId[]>;
  /**
   * Writes all rows of one record, folded from its log, in one transaction: whole or not at all, and once, by one process at a
   * time [AR1]. False: somebody else is at it, or has done it.
   */
  readonly write: (sessionId: SessionId) => Promise<boolean>;
};
