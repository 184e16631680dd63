import type { Archive } from '../../core/contract/archives.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import type { SessionId } from '../../core/domain/ids.ts';

export type Seal = Pick<Archive, 'sealedAt' | 'seq' | 'headHash' | 'outcome'>;

/** Sealed records at rest. */
export type ArchiveStore = {
  /** Null until the session is closed. */
  readonly find: (sessionId: SessionId) => Promise<Archive | null>;
  /** What was sealed without the room that its log folds to; null until the session is closed. */
  readonly sealOf: (sessionId: SessionId) => Promise<Seal | null>;
  /** Names what is left of a sealed record: another text once something of it was erased. Null until the session is closed. */
  readonly stateOf: (sessionId: SessionId) => Promise<string | null>;
  /** What lay in its ballot boxes, by poll; {} where there were none, or no archive. */
  readonly boxesOf: (sessionId: SessionId) => Promise<NonNullable<Archive['boxes']>>;
  /** Hash of the sealed log's last row; null until the session is closed. */
  readonly headOf: (sessionId: SessionId) => Promise<string | null>;
  /** Rows of the log after a seq, in order, at most limit. */
  readonly rowsAfter: (sessionId: SessionId, after: number, limit: number) => Promise<readonly LogRow[]>;
};
