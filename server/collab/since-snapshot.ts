import type { SnapshotMark } from '../ports/document-log.ts';
import { TEXT_LIMITS } from './limits.ts';

/** What came into a text since its last snapshot that is known of. */
export type SinceSnapshot = {
  readonly count: (row: { readonly seq: number; readonly data: Uint8Array }) => void;
  /** A snapshot was made, here or elsewhere: rows that came after it still count. */
  readonly taken: (mark: SnapshotMark) => void;
  /** Bytes at rest, about: the snapshot and the updates after it. */
  readonly bytes: () => number;
  /** Anything. */
  readonly isAny: () => boolean;
  /** Loading has become long, or the text takes no more words: perhaps it is full of what was deleted since. */
  readonly isDue: () => boolean;
  /** Worth a snapshot when nothing else happens. */
  readonly isWorthIt: () => boolean;
};

export function createSinceSnapshot(from: SnapshotMark): SinceSnapshot {
  let mark = from;
  let sizes: number[] = [];
  let sum = 0;
  return {
    count: ({ seq, data }) => {
      if (seq <= mark.seq) return;
      sizes.push(data.byteLength);
      sum += data.byteLength;
    },
    taken: (next) => {
      if (next.seq <= mark.seq) return;
      const under = sizes.slice(0, next.seq - mark.seq);
      sizes = sizes.slice(under.length);
      sum -= under.reduce((total, size) => total + size, 0);
      mark = next;
    },
    bytes: () => mark.bytes + sum,
    isAny: () => sizes.length > 0,
    isDue: () =>
      (sizes.length > 0 && mark.bytes + sum > TEXT_LIMITS.documentBytes) ||
      sizes.length >= TEXT_LIMITS.snapshotRows ||
      sum >= Math.max(TEXT_LIMITS.snapshotBytes, mark.bytes),
    isWorthIt: () =>
      sizes.length >= TEXT_LIMITS.idleRows &&
      sum + TEXT_LIMITS.rowBytes * sizes.length >= TEXT_LIMITS.idleShare * mark.bytes,
  };
}
