import type { Reason } from '../../core/domain/refusals.ts';
import type { Purse } from './buckets.ts';
import type { ReadUpdate } from './guard.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Claimant } from './owners.ts';

/** Who writes, and what their edits may still cost. */
export type Author = Claimant & { readonly labour: Purse };

/** Whoever writes: a connection, as the queue needs it. */
export type Writer = Author & {
  /** The sign-in behind the connection: asked again by the log. */
  readonly signInId: string;
  /** An update stands in the log, or held nothing new. answer: it was the nth answer to our asking; 0 for none. */
  readonly kept: (answer: number) => void;
  /** An update was not taken, for good. */
  readonly lost: (reason: Reason) => void;
  /** An update builds on what is not here: the writer should be asked for everything we lack. */
  readonly missing: (answer: number) => void;
  /** No editor of ours makes such an update. */
  readonly abusive: (why: string) => void;
  /** Everything queued before this mark was dealt with. */
  readonly reached: (mark: Uint8Array) => void;
  /** Storage has been away for long; what waits is not saved yet. */
  readonly waiting: () => void;
  readonly cut: (why: 'storage' | 'gone' | 'often' | 'signed-out' | 'anew') => void;
  readonly pause: () => void;
  readonly resume: () => void;
};

/** An edit that waits, and whose it is. */
export type Entry = {
  readonly kind: 'update';
  readonly from: Writer;
  readonly update: ReadUpdate;
  readonly answer: number;
};
/** A place in the order: whoever set it is told once everything before it was dealt with. */
export type Mark = { readonly kind: 'mark'; readonly from: Writer; readonly mark: Uint8Array };

/** How far the next batch goes: the bytes of its updates, and all items with the marks between them. */
export function firstBatch(waiting: readonly (Entry | Mark)[]): {
  readonly size: number;
  readonly length: number;
} {
  let taken = 0;
  let size = 0;
  let length = 0;
  for (const item of waiting) {
    if (item.kind === 'update') {
      const weight = item.update.data.byteLength;
      if (taken >= TEXT_LIMITS.batchUpdates || (taken > 0 && size + weight > TEXT_LIMITS.batchBytes)) break;
      taken += 1;
      size += weight;
    }
    length += 1;
  }
  return { size, length };
}

/** Cut so that each half holds as many updates; the second is empty when there is only one update. */
export function halves(
  batch: readonly (Entry | Mark)[],
): readonly [readonly (Entry | Mark)[], readonly (Entry | Mark)[]] {
  const places = batch.flatMap((item, index) => (item.kind === 'update' ? [index] : []));
  const middle = places.length < 2 ? batch.length : (places[places.length >> 1] ?? batch.length);
  return [batch.slice(0, middle), batch.slice(middle)];
}

/** Everybody who waits here. */
export function writersOf(items: readonly (Entry | Mark)[]): Set<Writer> {
  return new Set(items.map((item) => item.from));
}
