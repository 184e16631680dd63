import { CLOSE } from '../../core/contract/errors.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { Beginning, DocumentLog } from '../ports/document-log.ts';
import { createPurse, type Purse } from './buckets.ts';
import { type Compactor, createCompactor } from './compaction.ts';
import { type LiveText, loadText } from './document.ts';
import { frame } from './frames.ts';
import { readHint, writeHint } from './hints.ts';
import { createIntake, type Intake } from './intake.ts';
import { TEXT_LIMITS } from './limits.ts';
import { close, type Line } from './line.ts';
import { createPresence, type Presence } from './presence.ts';
import { createSettling, type Settling } from './settling.ts';

/** A document that is open in this process. */
export type OpenText = {
  readonly text: LiveText;
  readonly intake: Intake;
  readonly presence: Presence;
  readonly settling: Settling;
  readonly beginning: Beginning;
  /** Of all who have it open. When it is begun anew they are told: what is in memory here, and in browsers, is another one. */
  readonly lines: Set<Line>;
};

/** Documents that are open in this process: one place loads them, keeps them abreast, and lets them go. */
export type Documents = {
  /** Holds a document open until the returned function is called. Null: there is none. Throws when storage is away. */
  readonly hold: (
    documentId: DocumentId,
  ) => Promise<{ readonly open: OpenText; readonly leave: () => void } | null>;
  /** Folds a text that is not open here. */
  readonly compact: Compactor['compact'];
  readonly size: () => number;
  readonly close: () => Promise<void>;
};

type Deps = {
  readonly documentLog: DocumentLog;
  readonly bus: Bus;
  readonly log: Log;
  readonly nowMs: () => number;
};
type Slot = {
  readonly opening: Promise<{ readonly open: OpenText; readonly unload: () => Promise<void> } | null>;
  loaded: OpenText | null;
  holders: number;
  timer: NodeJS.Timeout | null;
};

export function createDocuments(deps: Deps): Documents {
  const slots = new Map<DocumentId, Slot>();
  const ending = new Map<DocumentId, Promise<void>>();
  const compactor = createCompactor(deps.documentLog);
  let pollTimer: NodeJS.Timeout | null = null;
  let isClosed = false;
  // Over all texts: whoever reads many of them has no more of this process than whoever reads one.
  const answering = createPurse(TEXT_LIMITS.answering, deps.nowMs);

  function slotOf(documentId: DocumentId): Slot {
    const known = slots.get(documentId);
    if (known !== undefined) return known;
    const slot: Slot = { opening: begin(documentId), loaded: null, holders: 0, timer: null };
    slots.set(documentId, slot);
    void note(documentId, slot); // whoever holds it hears of its failure
    return slot;
  }

  /** Whoever comes while a text is being let go waits for that. */
  async function begin(documentId: DocumentId): Promise<Awaited<Slot['opening']>> {
    await ending.get(documentId);
    return openText({ ...deps, compactor, answering }, documentId);
  }

  async function note(documentId: DocumentId, slot: Slot): Promise<void> {
    try {
      slot.loaded = (await slot.opening)?.open ?? null;
    } catch {
      forget(documentId, slot);
    }
  }

  function forget(documentId: DocumentId, slot: Slot): void {
    if (slots.get(documentId) === slot) slots.delete(documentId);
  }

  function leave(documentId: DocumentId, slot: Slot): void {
    slot.holders -= 1;
    if (slot.holders === 0) slot.timer = setTimeout(() => unload(documentId, slot), TEXT_LIMITS.unloadMs);
  }

  function unload(documentId: DocumentId, slot: Slot): void {
    if (slot.holders > 0) return;
    if (slot.loaded !== null && !slot.loaded.intake.isIdle()) {
      slot.timer = setTimeout(() => unload(documentId, slot), TEXT_LIMITS.unloadMs);
      return;
    }
    // Memory holds nothing that is not in the log: whoever comes from now on loads it anew.
    forget(documentId, slot);
    const ended = end(slot).finally(() => {
      if (ending.get(documentId) === ended) ending.delete(documentId);
    });
    ending.set(documentId, ended); // its failure is logged there
  }

  async function end(slot: Slot): Promise<void> {
    try {
      await (await slot.opening)?.unload();
    } catch (error) {
      deps.log.warn({ err: error }, 'a text was let go with a fault');
    }
  }

  /** A text that was begun anew is another one: whoever has the old one open is told, whoever comes loads the new one. */
  function letGo(id: DocumentId, { lines }: OpenText): void {
    const slot = slots.get(id);
    if (slot !== undefined) forget(id, slot);
    for (const line of lines) close(line, CLOSE.reset, 'TEXT_RESET');
  }

  /** What the bus lost is found here, without anybody typing. */
  async function poll(): Promise<void> {
    const open = [...slots].flatMap(([id, slot]) => (slot.loaded === null ? [] : [{ id, ...slot.loaded }]));
    if (open.length > 0) {
      try {
        const heads = await deps.documentLog.heads(open.map(({ id }) => id));
        for (const { id, ...loaded } of open) {
          const { text, settling, beginning } = loaded;
          const found = heads.get(id);
          if (found === undefined) continue;
          if (found.generation !== beginning.generation) {
            letGo(id, loaded);
            continue;
          }
          text.snapshotTaken(found.snapshot);
          if (found.head > text.applied()) await text.catchUp();
          settling.looked();
        }
      } catch (error) {
        deps.log.warn({ err: error }, 'texts could not be compared with the log');
      }
    }
    schedule();
  }

  function schedule(): void {
    if (isClosed) return;
    const everyMs = deps.bus.isHealthy() ? TEXT_LIMITS.pollMs : TEXT_LIMITS.pollUnwellMs;
    pollTimer = setTimeout(() => void poll(), everyMs); // poll hears of its own failures
  }

  schedule();
  return {
    hold: async (documentId) => {
      const slot = slotOf(documentId);
      slot.holders += 1;
      if (slot.timer !== null) clearTimeout(slot.timer);
      slot.timer = null;
      let isHeld = true;
      const release = () => {
        if (isHeld) leave(documentId, slot);
        isHeld = false;
      };
      try {
        const opened = await slot.opening;
        if (opened !== null) return { open: opened.open, leave: release };
        forget(documentId, slot);
        return null;
      } catch (error) {
        forget(documentId, slot);
        throw error;
      }
    },
    compact: compactor.compact,
    size: () => slots.size,
    close: async () => {
      isClosed = true;
      if (pollTimer !== null) clearTimeout(pollTimer);
      const all = [...slots.values()];
      slots.clear();
      for (const slot of all) if (slot.timer !== null) clearTimeout(slot.timer);
      // Rows wait for whoever opens the text next: a process that ends folds nothing any more.
      await Promise.all([...all.map(end), ...ending.values(), compactor.close()]);
    },
  };
}

async function openText(
  deps: Deps & { readonly compactor: Compactor; readonly answering: Purse },
  documentId: DocumentId,
): Promise<Awaited<Slot['opening']>> {
  const channel = `text:${documentId}`;
  const early: string[] = [];
  let hear = (message: string): void => {
    early.push(message);
  };
  // Subscribed first, loaded second, drained third: nothing falls between.
  const unsubscribe = await deps.bus.subscribe(channel, (message) => hear(message));
  // Asked before the text is: what was begun anew in between is found by the poll.
  const beginning = await loadOr(unsubscribe, () => deps.documentLog.beginning(documentId));
  if (beginning === null) return null;
  let settling: Settling | null = null;
  const text = await loadOr(unsubscribe, () =>
    loadText(documentId, { ...deps, onAdvance: () => settling?.advanced() }),
  );
  if (text === null) return null;
  const settles = createSettling({ ...deps, documentId, text });
  settling = settles;

  const presence = createPresence({
    tell: (message) => {
      const framed = frame(message);
      for (const reader of text.readers) reader.write(framed);
    },
    announce: (told) => deps.bus.publish(channel, writeHint({ kind: 'presence', told })),
    nowMs: deps.nowMs,
  });
  const announce = (to: number): void => deps.bus.publish(channel, writeHint({ kind: 'advance', to }));
  const { generation } = beginning;
  const intake = createIntake({ ...deps, documentId, text, announce, generation });
  hear = (message) => {
    const hint = readHint(message);
    if (hint === null) return;
    if (hint.kind === 'presence') return presence.hear(hint.told);
    // A failure here is repaired by the next poll.
    if (hint.to > text.applied()) text.catchUp().catch(() => undefined);
  };
  early.forEach((message) => hear(message));
  return {
    open: { text, intake, presence, settling: settles, beginning, lines: new Set() },
    unload: async () => {
      unsubscribe();
      await intake.close();
      presence.close();
      // Nobody waits for it: whoever comes now loads the rows that it folds.
      settles.left();
      text.close();
    },
  };
}

/** What was begun before a text is loaded ends when there is none, or when it cannot be loaded. */
async function loadOr<T>(end: () => void, load: () => Promise<T | null>): Promise<T | null> {
  try {
    const text = await load();
    if (text === null) end();
    return text;
  } catch (error) {
    end();
    throw error;
  }
}
