import type { DocumentId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { SnapshotMark } from '../ports/document-log.ts';
import type { Compactor } from './compaction.ts';
import type { LiveText } from './document.ts';
import { TEXT_LIMITS } from './limits.ts';

/**
 * Sees to it that an open text gets its snapshots: when its rows have become many, when it rests, when it is left, and
 * when words found no room in it.
 */
export type Settling = {
  readonly advanced: () => void;
  /** Words were refused because the text is full: of what was deleted since it was folded, it may be. */
  readonly overflowed: () => void;
  /** Called every few seconds. */
  readonly looked: () => void;
  readonly left: () => void;
};

type Deps = {
  readonly documentId: DocumentId;
  readonly text: LiveText;
  readonly compactor: Compactor;
  readonly nowMs: () => number;
  readonly log: Log;
};

export function createSettling({ documentId, text, compactor, nowMs, log }: Deps): Settling {
  let isRunning = false;
  let notBeforeMs = 0;
  let restsSinceMs = nowMs();
  // Not all processes that have a text open at the same moment: one is enough, and the others hear of it.
  const idleMs = TEXT_LIMITS.idleMs * (1 + Math.random() / 3);

  async function settle(): Promise<void> {
    isRunning = true;
    const mark = await fold(documentId, compactor, log);
    notBeforeMs = nowMs() + (mark === null ? TEXT_LIMITS.snapshotAgainMs : paceMs(mark));
    if (mark !== null) text.snapshotTaken(mark);
    isRunning = false;
  }

  function begin(): void {
    if (!isRunning && nowMs() >= notBeforeMs) void settle(); // fold hears of failures
  }

  return {
    advanced: () => {
      restsSinceMs = nowMs();
      if (text.since.isDue()) begin();
    },
    overflowed: () => {
      if (text.since.isAny()) begin();
    },
    looked: () => {
      const rests = nowMs() - restsSinceMs >= idleMs;
      if (text.since.isDue() || (rests && text.since.isWorthIt())) begin();
    },
    left: () => {
      if (text.since.isWorthIt() && !isRunning) void fold(documentId, compactor, log); // it hears of its own failures
    },
  };
}

function paceMs({ bytes }: SnapshotMark): number {
  return (bytes / (1024 * 1024)) * TEXT_LIMITS.snapshotPaceMs;
}

/** Holds nothing of the text: many may be left at once, and wait for their turn. */
async function fold(documentId: DocumentId, compactor: Compactor, log: Log): Promise<SnapshotMark | null> {
  try {
    return await compactor.compact(documentId);
  } catch (error) {
    log.warn({ err: error, documentId }, 'a snapshot of a text failed; its rows stay');
    return null;
  }
}
