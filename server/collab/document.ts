import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog, LoggedUpdate } from '../ports/document-log.ts';
import type { Log } from '../log.ts';
import { frame } from './frames.ts';
import { answerFrame, updateFrame } from './wire.ts';

/** Whoever is shown the text. */
export type Reader = { readonly write: (framed: Buffer) => void };

/** What moved a document forward, for other processes: seqs from..to and their merged update. */
export type Advance = { readonly from: number; readonly to: number; readonly merged: Uint8Array };

/**
 * A document in memory: always a prefix of its log, up to applied() [W2]. Nothing enters but what was read from the
 * log, or what another process merged from it; whatever enters is told to every reader in one frame.
 */
export type LiveText = {
  readonly doc: Y.Doc;
  readonly readers: Set<Reader>;
  readonly applied: () => number;
  /** Bytes at rest, about. */
  readonly bytes: () => number;
  /** Rows and bytes that came since the last snapshot that is known of. */
  readonly sinceSnapshot: () => { readonly rows: number; readonly bytes: number };
  readonly snapshotTaken: (snapshot: { readonly seq: number; readonly bytes: number }) => void;
  /** Applies rows that follow; false when one is missing before them. */
  readonly advance: (rows: readonly LoggedUpdate[]) => boolean;
  /** Applies what another process merged; false when something is missing before it. */
  readonly advanceMerged: (advance: Advance) => boolean;
  /** Reads from the log whatever is newer. Throws when storage is away. */
  readonly catchUp: () => Promise<void>;
  /** A framed answer to somebody's state vector; the one for an empty document is made once per seq. */
  readonly answer: (vector: Uint8Array) => Buffer;
  readonly close: () => void;
};

/** Loads a document; null when there is none. onAdvance hears of every step forward, also of those read from the log. */
export async function loadText(
  documentId: DocumentId,
  deps: {
    readonly documentLog: DocumentLog;
    readonly log: Log;
    readonly onAdvance: (advance: Advance) => void;
  },
): Promise<LiveText | null> {
  const stored = await deps.documentLog.load(documentId);
  if (stored === null) return null;
  const doc = new Y.Doc();
  const readers = new Set<Reader>();
  let applied = stored.snapshotSeq;
  let bytes = stored.snapshot?.byteLength ?? 0;
  let since = { rows: 0, bytes: 0 };
  let merged: Uint8Array = EMPTY_UPDATE;
  let catching: Promise<void> | null = null;
  let whole: { readonly seq: number; readonly framed: Buffer } | null = null;
  if (stored.snapshot !== null) applyOne(doc, stored.snapshot, onFault);
  doc.on('update', (update) => {
    merged = update;
  });

  function onFault(error: unknown): void {
    deps.log.error(
      { err: error, documentId, seq: applied },
      'an update in the log could not be applied; it is skipped',
    );
  }

  function step(to: number, work: () => void): void {
    const from = applied + 1;
    merged = EMPTY_UPDATE;
    doc.transact(work, 'log');
    applied = to;
    if (merged !== EMPTY_UPDATE && readers.size > 0) {
      const framed = frame(updateFrame(merged));
      for (const reader of readers) reader.write(framed);
    }
    deps.onAdvance({ from, to, merged });
  }

  function advance(rows: readonly LoggedUpdate[]): boolean {
    const next: LoggedUpdate[] = [];
    for (const row of rows) if (row.seq === applied + next.length + 1) next.push(row);
    if (next.length > 0) {
      for (const row of next) count(row.data.byteLength, 1);
      step(applied + next.length, () => next.forEach((row) => applyOne(doc, row.data, onFault)));
    }
    return rows.every((row) => row.seq <= applied);
  }

  function count(size: number, rows: number): void {
    bytes += size;
    since = { rows: since.rows + rows, bytes: since.bytes + size };
  }

  async function readOn(): Promise<void> {
    try {
      advance(await deps.documentLog.updatesAfter(documentId, applied));
    } finally {
      catching = null;
    }
  }

  advance(stored.updates);
  return {
    doc,
    readers,
    applied: () => applied,
    bytes: () => bytes,
    sinceSnapshot: () => since,
    snapshotTaken: (snapshot) => {
      since = { rows: Math.max(0, applied - snapshot.seq), bytes: 0 };
      ({ bytes } = snapshot);
    },
    advance,
    advanceMerged: ({ from, to, merged: update }) => {
      if (to <= applied) return true;
      // What is known already does no harm in it: updates are idempotent.
      if (from > applied + 1) return false;
      count(update.byteLength, to - applied);
      step(to, () => applyOne(doc, update, onFault));
      return true;
    },
    catchUp: () => (catching ??= readOn()),
    answer: (vector) => {
      if (vector.byteLength > 1) return frame(answerFrame(Y.encodeStateAsUpdate(doc, vector)));
      if (whole?.seq !== applied)
        whole = { seq: applied, framed: frame(answerFrame(Y.encodeStateAsUpdate(doc))) };
      return whole.framed;
    },
    close: () => doc.destroy(),
  };
}

const EMPTY_UPDATE = new Uint8Array([0, 0]);

/**
 * What cannot be integrated at its place in the log is never part of the text: in every process alike, because all
 * apply the same rows in the same order. The guard keeps such updates out; this is the second wall.
 */
function applyOne(doc: Y.Doc, update: Uint8Array, onFault: (error: unknown) => void): void {
  try {
    Y.applyUpdate(doc, update, 'log');
  } catch (error) {
    onFault(error);
  }
  if (doc.store.pendingStructs === null && doc.store.pendingDs === null) return;
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
  onFault(new Error('an update builds on what is not in the log'));
}
