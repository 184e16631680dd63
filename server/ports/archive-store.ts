import type { Archive } from '../../core/contract/archives.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import type { SessionId } from '../../core/domain/ids.ts';

/** Sealed records at rest. */
export type ArchiveStore = {
  /** Null until the session is closed. */
  readonly find: (sessionId: SessionId) => Promise<Archive | null>;
  /** Hash of the sealed log's last row; null until the session is closed. */
  readonly headOf: (sessionId: SessionId) => Promise<string | null>;
  /** Rows of the log after a seq, in order, at most limit. */
  readonly rowsAfter: (sessionId: SessionId, after: number, limit: number) => Promise<readonly LogRow[]>;
};
