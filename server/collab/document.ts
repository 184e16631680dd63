import { setImmediate } from 'node:timers/promises';
import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog, LoggedUpdate, SnapshotMark, StoredText } from '../ports/document-log.ts';
import type { Log } from '../log.ts';
import { applyRow } from './apply-row.ts';
import { frame } from './frames.ts';
import { TEXT_LIMITS } from './limits.ts';
import { createSinceSnapshot, type SinceSnapshot } from './since-snapshot.ts';
import { answerFrame, updateFrame } from './wire.ts';

/** Whoever is shown the text. */
export type Reader = { readonly write: (framed: Buffer) => void };

/**
 * A document in memory: always a prefix of its log, up to applied() [W2]. Nothing enters but rows
 * of the log; whatever enters is told to every reader in one frame.
 */
export type LiveText = {
  readonly doc: Y.Doc;
  readonly readers: Set<Reader>;
  readonly applied: () => number;
  /** Bytes at rest, about. */
  readonly bytes: () => number;
  /** What came since the last snapshot that is known of. */
  readonly since: Pick<SinceSnapshot, 'isDue' | 'isWorthIt'>;
  readonly snapshotTaken: (mark: SnapshotMark) => void;
  /** Applies rows that follow; false when one is missing before them. */
  readonly advance: (rows: readonly LoggedUpdate[]) => boolean;
  /** Reads from the log whatever is newer: all that was committed before the call. Throws when storage is away. */
  readonly catchUp: () => Promise<void>;
  /** A framed answer to somebody's state vector; the one for an empty document is made once per seq. */
  readonly answer: (vector: Uint8Array) => Buffer;
  readonly close: () => void;
};

/** Loads a document; null when there is none. onAdvance hears of every step forward. */
export async function loadText(
  documentId: DocumentId,
  deps: {
    readonly documentLog: DocumentLog;
    readonly log: Log;
    readonly onAdvance: () => void;
  },
): Promise<LiveText | null> {
  const stored = await deps.documentLog.load(documentId);
  if (stored === null) return null;
  const doc = new Y.Doc();
  const readers = new Set<Reader>();
  let applied = stored.snapshotSeq;
  const since = createSinceSnapshot(markOf(stored));
  let merged: Uint8Array = EMPTY_UPDATE;
  let reading: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let whole: { readonly seq: number; readonly framed: Buffer } | null = null;
  if (stored.snapshot !== null) applyRow(doc, stored.snapshot, onFault);
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
    merged = EMPTY_UPDATE;
    doc.transact(work, 'log');
    applied = to;
    if (merged !== EMPTY_UPDATE && readers.size > 0) {
      const framed = frame(updateFrame(merged));
      for (const reader of readers) reader.write(framed);
    }
    deps.onAdvance();
  }

  function advance(rows: readonly LoggedUpdate[]): boolean {
    const fresh: LoggedUpdate[] = [];
    for (const row of rows) if (row.seq === applied + fresh.length + 1) fresh.push(row);
    if (fresh.length > 0) {
      fresh.forEach(since.count);
      step(applied + fresh.length, () => fresh.forEach((row) => applyRow(doc, row.data, onFault)));
    }
    return rows.every((row) => row.seq <= applied);
  }

  async function readOn(): Promise<void> {
    try {
      const rows = await deps.documentLog.updatesAfter(documentId, applied);
      if (rows === null) await leap();
      else advance(rows);
    } finally {
      reading = null;
    }
  }

  /** We stood still for so long that rows before the next are kept no longer: the snapshot holds what they made. */
  async function leap(): Promise<void> {
    const newest = await deps.documentLog.load(documentId);
    if (newest === null || newest.snapshot === null) return;
    const { snapshot, snapshotSeq, updates } = newest;
    if (snapshotSeq > applied) {
      since.taken(markOf(newest));
      step(snapshotSeq, () => applyRow(doc, snapshot, onFault));
    }
    advance(updates);
  }

  /** A read that is under way may have looked before what the caller knows of was there. */
  async function readAgain(running: Promise<void>): Promise<void> {
    await running.catch(() => undefined); // whoever began it hears of its failure
    next = null;
    reading = readOn();
    await reading;
  }

  for (let from = 0; from < stored.updates.length; from += TEXT_LIMITS.loadRows) {
    if (from > 0) await setImmediate(); // others have their turn
    advance(stored.updates.slice(from, from + TEXT_LIMITS.loadRows));
  }
  return {
    doc,
    readers,
    applied: () => applied,
    bytes: since.bytes,
    since,
    snapshotTaken: since.taken,
    advance,
    catchUp: () => {
      if (reading === null) return (reading = readOn());
      return (next ??= readAgain(reading));
    },
    answer: (vector) => {
      if (vector.byteLength > 1) return frame(answerFrame(Y.encodeStateAsUpdate(doc, vector)));
      if (whole?.seq !== applied)
        whole = { seq: applied, framed: frame(answerFrame(Y.encodeStateAsUpdate(doc))) };
      return whole.framed;
    },
    close: () => doc.destroy(),
  };
}

function markOf({ snapshotSeq, snapshot }: StoredText): SnapshotMark {
  return { seq: snapshotSeq, bytes: snapshot?.byteLength ?? 0 };
}

const EMPTY_UPDATE = new Uint8Array([0, 0]);
