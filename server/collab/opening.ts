import type { DocumentId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { Beginning, DocumentLog } from '../ports/document-log.ts';
import type { Purse } from './buckets.ts';
import type { Compactor } from './compaction.ts';
import { type LiveText, loadText } from './document.ts';
import { createFollowing, type Following } from './following.ts';
import { frame } from './frames.ts';
import { createIntake, type Intake } from './intake.ts';
import { type Line, write } from './line.ts';
import { createPresence, type Presence } from './presence.ts';
import { createSettling, type Settling } from './settling.ts';

/** A document that is open in this process. */
export type OpenText = {
  readonly text: LiveText;
  readonly intake: Intake;
  readonly presence: Presence;
  readonly following: Following;
  readonly settling: Settling;
  readonly beginning: Beginning;
  /** Of all who have it open. When it is begun anew they are told: what is in memory here, and in browsers, is another one. */
  readonly lines: Set<Line>;
};

/** unload: lets what waits go through first. */
export type Opened = { readonly open: OpenText; readonly unload: () => Promise<void> };

type Deps = {
  readonly documentLog: DocumentLog;
  readonly bus: Bus;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly compactor: Compactor;
  readonly answering: Purse;
  /** Tells other processes up to where the log goes now. */
  readonly announce: (documentId: DocumentId, to: number) => void;
};

/** Loads a document with all that belongs to it; null when there is none. */
export async function openText(deps: Deps, documentId: DocumentId): Promise<Opened | null> {
  // Asked before the text is: what was begun anew in between is found by the poll.
  const beginning = await deps.documentLog.beginning(documentId);
  if (beginning === null) return null;
  let settling: Settling | null = null;
  const text = await loadText(documentId, { ...deps, onAdvance: () => settling?.advanced() });
  if (text === null) return null;
  const settles = createSettling({ ...deps, documentId, text });
  settling = settles;

  // Cursors alone: whoever does not have the text open need not hear of them.
  const channel = `cursors:${documentId}`;
  const presence = createPresence({
    tell: (message) => {
      const framed = frame(message);
      for (const reader of text.readers) write(reader, framed);
    },
    announce: (told) => deps.bus.publish(channel, told),
    nowMs: deps.nowMs,
  });
  const unsubscribe = await deps.bus.subscribe(channel, presence.hear);
  const following = createFollowing(text, deps.nowMs);
  const { generation } = beginning;
  const announce = (to: number): void => {
    following.wrote();
    deps.announce(documentId, to);
  };
  const intake = createIntake({ ...deps, documentId, text, announce, generation });
  return {
    open: { text, intake, presence, following, settling: settles, beginning, lines: new Set() },
    unload: async () => {
      unsubscribe();
      following.close();
      await intake.close();
      presence.close();
      // Nobody waits for it: whoever comes now loads the rows that it folds.
      settles.left();
      text.close();
    },
  };
}
