import { CLOSE } from '../../core/contract/errors.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import { createPurse } from './buckets.ts';
import { type Compactor, createCompactor } from './compaction.ts';
import { TEXT_LIMITS } from './limits.ts';
import { close } from './line.ts';
import { openText, type Opened, type OpenText } from './opening.ts';
import { createWhispers } from './whispers.ts';

/** Documents that are open in this process: one place loads them, keeps them abreast, and lets them go. */
export type Documents = {
  /** Holds a document open until leave is called, once. Null: there is none. Throws when storage is away. */
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
  readonly opening: Promise<Opened | null>;
  loaded: OpenText | null;
  /** How far its log was said to go while it was loaded. */
  toldOf: number;
  holders: number;
  /** Of whoever holds it: the same for all of them. */
  readonly leave: () => void;
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
  const whispers = createWhispers(deps.bus, (documentId, to) => {
    const slot = slots.get(documentId);
    if (slot === undefined) return;
    if (slot.loaded === null) slot.toldOf = Math.max(slot.toldOf, to);
    else slot.loaded.following.heard(to);
  });

  function slotOf(documentId: DocumentId): Slot {
    const known = slots.get(documentId);
    if (known !== undefined) return known;
    const slot: Slot = {
      opening: begin(documentId),
      loaded: null,
      toldOf: 0,
      holders: 0,
      leave: () => leave(documentId, slot),
      timer: null,
    };
    slots.set(documentId, slot);
    void note(documentId, slot); // whoever holds it hears of its failure
    return slot;
  }

  /** Whoever comes while a text is being let go waits for that. */
  async function begin(documentId: DocumentId): Promise<Opened | null> {
    await ending.get(documentId);
    // Heard first, loaded second, compared third: nothing falls between.
    await whispers.listening;
    return openText({ ...deps, compactor, answering, announce: whispers.tell }, documentId);
  }

  async function note(documentId: DocumentId, slot: Slot): Promise<void> {
    try {
      slot.loaded = (await slot.opening)?.open ?? null;
      slot.loaded?.following.heard(slot.toldOf);
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
  function letGo(id: DocumentId, old: OpenText): void {
    const slot = slots.get(id);
    // While the log was asked, it may have been let go here and opened again.
    if (slot?.loaded === old) forget(id, slot);
    for (const line of old.lines) close(line, CLOSE.reset, 'TEXT_RESET');
  }

  /** What the bus lost is found here, without anybody typing. */
  async function poll(): Promise<void> {
    const open = [...slots].flatMap(([id, { loaded }]) => (loaded === null ? [] : [{ id, loaded }]));
    if (open.length > 0) {
      try {
        const heads = await deps.documentLog.heads(open.map(({ id }) => id));
        for (const { id, loaded } of open) {
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
      try {
        const opened = await slot.opening;
        if (opened !== null) return { open: opened.open, leave: slot.leave };
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
      await whispers.close();
    },
  };
}
