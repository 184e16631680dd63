import type * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog, LoggedUpdate, SnapshotMark, StoredText } from '../ports/document-log.ts';
import type { Log } from '../log.ts';
import { applyRow } from './apply-row.ts';
import { createAnswers } from './answers.ts';
import type { Purse } from './buckets.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Line } from './line.ts';
import { logDoc } from './log-doc.ts';
import { nextTurn } from './next-turn.ts';
import { createSinceSnapshot, type SinceSnapshot } from './since-snapshot.ts';
import { createTelling } from './telling.ts';

/**
 * A document in memory: always a prefix of its log, up to applied() [W2]. Nothing enters but rows
 * of the log; whatever enters is told to every reader, in one frame for all that comes close together.
 */
export type LiveText = {
  readonly doc: Y.Doc;
  readonly readers: Set<Line>;
  readonly applied: () => number;
  /** Bytes at rest, about. */
  readonly bytes: () => number;
  /** What came since the last snapshot that is known of. */
  readonly since: Pick<SinceSnapshot, 'isAny' | 'isDue' | 'isWorthIt'>;
  readonly snapshotTaken: (mark: SnapshotMark) => void;
  /** Applies rows that follow; false when one is missing before them. */
  readonly advance: (rows: readonly LoggedUpdate[]) => boolean;
  /** Reads from the log whatever is newer: all that was committed before the call. Throws when storage is away. */
  readonly catchUp: () => Promise<void>;
  /** Frames that bring whoever has this state vector to what the text is now. Throws when it is none. */
  readonly answer: (vector: Uint8Array) => readonly Buffer[];
  readonly close: () => void;
};

/** Loads a document; null when there is none. onAdvance hears of every step forward. */
export async function loadText(
  documentId: DocumentId,
  deps: {
    readonly documentLog: DocumentLog;
    readonly log: Log;
    readonly onAdvance: () => void;
    /** What making answers may take, in ms of this process. */
    readonly answering: Purse;
    readonly nowMs: () => number;
  },
): Promise<LiveText | null> {
  const stored = await deps.documentLog.load(documentId);
  if (stored === null) return null;
  const doc = logDoc();
  const telling = createTelling(deps.nowMs);
  /** Edits of the step that is being taken. */
  let coming = 0;
  let applied = stored.snapshotSeq;
  const since = createSinceSnapshot(markOf(stored));
  let reading: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isWhole = true;
  if (stored.snapshot !== null) applyRow(doc, stored.snapshot, onFault);
  // A snapshot is an answer already; what the rows after it bring goes behind.
  const answers = createAnswers(doc, deps.answering, deps.nowMs, isWhole ? stored.snapshot : null);

  function onFault(error: unknown): void {
    isWhole = false;
    deps.log.error(
      { err: error, documentId, seq: applied },
      'an update in the log could not be applied; it is skipped',
    );
  }

  function step(to: number, work: () => void): void {
    coming = to - applied;
    doc.transact(work, 'log');
    applied = to;
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

  // Not before the snapshot: it is answered as it is. Nobody is here yet who could be told.
  doc.on('update', (update) => {
    answers.entered(update);
    telling.tell(update, coming);
  });
  for (let from = 0; from < stored.updates.length; from += TEXT_LIMITS.loadRows) {
    if (from > 0) await nextTurn(); // others have their turn
    advance(stored.updates.slice(from, from + TEXT_LIMITS.loadRows));
  }
  return {
    doc,
    readers: telling.readers,
    applied: () => applied,
    bytes: since.bytes,
    since,
    snapshotTaken: since.taken,
    advance,
    catchUp: () => {
      if (reading === null) return (reading = readOn());
      return (next ??= readAgain(reading));
    },
    answer: answers.to,
    close: () => {
      telling.close();
      doc.destroy();
    },
  };
}

function markOf({ snapshotSeq, snapshot }: StoredText): SnapshotMark {
  return { seq: snapshotSeq, bytes: snapshot?.byteLength ?? 0 };
}
