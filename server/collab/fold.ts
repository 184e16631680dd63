import * as Y from 'yjs';
import { canonical } from '../../core/domain/canonical.ts';
import { digest } from '../../core/domain/digest.ts';
import type { OutcomeNode } from '../../core/domain/outcome.ts';
import { applyRow } from './apply-row.ts';
import { logDoc } from './log-doc.ts';
import { outcomeOf } from './outcome.ts';

/** A text as it is folded: a snapshot, and the updates after it. */
export type Folded = {
  readonly snapshot: Uint8Array | null;
  readonly updates: readonly { readonly data: Uint8Array }[];
};

/** A text as it is sealed: its tree, and the SHA-256, hex, of the tree's canonical JSON [O3]. */
export type FinalText = { readonly outcome: OutcomeNode; readonly sha256: string };

/** The document that a log stands for. Through one Y.Doc in one transaction: merging many updates costs 70 times more. */
export function foldText({ snapshot, updates }: Folded): Y.Doc {
  const doc = logDoc();
  doc.transact(() => {
    if (snapshot !== null) Y.applyUpdate(doc, snapshot);
    // A row that cannot be applied is logged where it is applied for people to read.
    for (const { data } of updates) applyRow(doc, data, () => undefined);
  });
  return doc;
}

/**
 * What a log folds to, as one update. Never trusted before it was read back: a snapshot that differs would replace the
 * truth at the next load.
 */
export function snapshotOf(folded: Folded): Uint8Array<ArrayBuffer> {
  const doc = foldText(folded);
  const data = new Uint8Array(Y.encodeStateAsUpdate(doc));
  const isWhole = isSameText(doc, data);
  doc.destroy();
  if (!isWhole) throw new Error('the snapshot of a text differs from its log');
  return data;
}

/** What a log comes to when a session is closed. */
export function finalTextOf(folded: Folded): FinalText {
  const doc = foldText(folded);
  const outcome = outcomeOf(doc);
  doc.destroy();
  return { outcome, sha256: digest(canonical(outcome)) };
}

function isSameText(doc: Y.Doc, snapshot: Uint8Array): boolean {
  const copy = logDoc();
  Y.applyUpdate(copy, snapshot);
  const { pendingStructs, pendingDs } = copy.store;
  const isSame =
    pendingStructs === null && pendingDs === null && Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy));
  copy.destroy();
  return isSame;
}
