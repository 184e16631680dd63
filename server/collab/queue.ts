import type { DocumentId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { LiveText } from './document.ts';
import { TEXT_LIMITS } from './limits.ts';
import { nextTurn } from './next-turn.ts';
import { firstBatch, halves, writersOf, type Entry, type Mark, type Writer } from './queue-items.ts';
import type { Owners } from './owners.ts';
import { createScreen } from './screen.ts';
import { createStoring, type Stored } from './storing.ts';

/** Edits of one document on their way into the log: screened, appended, applied, told, and only then answered [W1]. */
export type Queue = {
  readonly push: (item: Entry | Mark) => void;
  readonly isIdle: () => boolean;
  /** Takes no more and lets what waits go through, unless storage is away. */
  readonly close: () => Promise<void>;
};

type Deps = {
  readonly documentId: DocumentId;
  readonly text: LiveText;
  readonly owners: Owners;
  readonly documentLog: DocumentLog;
  /** Which beginning of the text this is. */
  readonly generation: number;
  /** Tells other processes up to where the log goes now. */
  readonly announce: (to: number) => void;
  readonly log: Log;
  readonly nowMs: () => number;
};

export function createQueue(deps: Deps): Queue {
  const { text, documentLog, documentId } = deps;
  const intoLog = createStoring({
    text,
    screen: createScreen(deps),
    append: (drafts) => documentLog.append(documentId, drafts, deps.generation),
  });
  const paused = new Set<Writer>();
  let waiting: (Entry | Mark)[] = [];
  let bytes = 0;
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function run(): Promise<void> {
    // What arrives in the same turn of the loop shares the first batch.
    await nextTurn();
    let batch: readonly (Entry | Mark)[] = [];
    try {
      while (waiting.length > 0) {
        // What comes during a commit shares the next: nobody waits for company, and a storm makes its own.
        batch = takeBatch();
        if (!(await commit(batch))) break;
        batch = [];
        answerMarks();
        wake();
      }
    } catch (error) {
      deps.log.error(
        { err: error, documentId },
        'the queue of a text broke; its writers are sent away and come back',
      );
      giveUp(batch);
    }
    running = null;
  }

  /** Marks that nothing stands before any more need not wait for the next batch. */
  function answerMarks(): void {
    const first = waiting.findIndex((item) => item.kind === 'update');
    const marks = waiting.slice(0, first < 0 ? waiting.length : first);
    waiting = waiting.slice(marks.length);
    for (const item of marks) if (item.kind === 'mark') item.from.reached(item.mark);
  }

  function takeBatch(): (Entry | Mark)[] {
    const { size, length } = firstBatch(waiting);
    const batch = waiting.slice(0, length);
    waiting = waiting.slice(length);
    bytes -= size;
    return batch;
  }

  /**
   * False: storage stayed away, everybody was cut and nothing waits any more. A batch that cannot be stored for
   * another reason is halved until what is wrong stands alone: only its own writer hears of it.
   */
  async function commit(batch: readonly (Entry | Mark)[]): Promise<boolean> {
    const outcome = await store(batch);
    if (outcome === null) return false;
    if (outcome.kind === 'stored') {
      for (const item of batch) {
        if (item.kind === 'mark') item.from.reached(item.mark);
        else answer(item, outcome);
      }
      return true;
    }
    const [first, second] = halves(batch);
    if (second.length > 0) {
      if (await commit(first)) return commit(second);
      giveUp(second);
      return false;
    }
    deps.log.error({ err: outcome.error, documentId }, 'an edit could not be stored');
    for (const item of batch) {
      if (item.kind === 'mark') item.from.reached(item.mark);
      else item.from.lost('UNEXPECTED');
    }
    return true;
  }

  /** Null: storage stayed away. Nobody has been answered yet. */
  async function store(batch: readonly (Entry | Mark)[]): Promise<Outcome | null> {
    const entries = batch.filter((item) => item.kind === 'update');
    try {
      const stored = await intoLog(entries, (work) => persist(batch, work));
      if (stored === null) return null;
      const { rows } = stored;
      const newest = rows.at(-1);
      if (newest !== undefined) {
        // Somebody else's rows may lie before ours: they are read first, so that memory stays a prefix of the log.
        const isThere = text.advance(rows);
        deps.announce(newest.seq);
        if (!isThere && (await persist(batch, readUpTo(rows))) === null) return null;
      }
      return { kind: 'stored', ...stored };
    } catch (error) {
      return { kind: 'broken', error };
    }
  }

  function readUpTo(rows: readonly { readonly seq: number }[]): () => Promise<true> {
    return async () => {
      while (rows.some((row) => row.seq > text.applied())) await text.catchUp();
      return true;
    };
  }

  function answer(entry: Entry, { verdicts, out }: Stored): void {
    const { from } = entry;
    const verdict = verdicts.get(entry) ?? { kind: 'nothing' };
    const why = out.get(entry);
    if (verdict.kind === 'crowded') from.cut('often');
    else if (verdict.kind === 'malformed') from.abusive(verdict.why);
    else if (why === 'locked') from.lost('TEXT_LOCKED');
    else if (why === 'gone' || why === 'anew') from.cut(why);
    else if (why === 'SIGN_IN_REVOKED') from.cut('signed-out');
    else if (why !== undefined) from.lost(why);
    else if (verdict.kind === 'gap') from.missing(entry.answer);
    else from.kept(entry.answer);
  }

  /**
   * Tries while storage is away, until it is known to be done. Null: it stayed away too long, and everybody was cut.
   * Throws what trying again would not help.
   */
  async function persist<T>(batch: readonly (Entry | Mark)[], work: () => Promise<T>): Promise<T | null> {
    const sinceMs = deps.nowMs();
    const told = new Set<Writer>();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error)) throw error;
        const awayMs = deps.nowMs() - sinceMs;
        deps.log.warn({ err: error, documentId, attempt }, 'the text could not be saved; it is tried again');
        if (awayMs > TEXT_LIMITS.awayCutMs || isClosed) return giveUp(batch);
        if (awayMs > TEXT_LIMITS.awayTellMs) tellNew([...batch, ...waiting], told);
        await rest(Math.min(1_000, 50 * 2 ** attempt));
      }
    }
  }

  /** Who begins to write while storage is away hears of it as those before them did. */
  function tellNew(items: readonly (Entry | Mark)[], told: Set<Writer>): void {
    for (const writer of writersOf(items)) {
      if (told.has(writer)) continue;
      told.add(writer);
      writer.waiting();
    }
  }

  function giveUp(batch: readonly (Entry | Mark)[]): null {
    for (const writer of writersOf([...batch, ...waiting])) writer.cut('storage');
    waiting = [];
    bytes = 0;
    wake();
    return null;
  }

  function wake(): void {
    if (waiting.length > TEXT_LIMITS.queueItems / 2 || bytes > TEXT_LIMITS.queueBytes / 2) return;
    for (const writer of paused) writer.resume();
    paused.clear();
  }

  return {
    push: (item) => {
      if (isClosed) return;
      waiting.push(item);
      if (item.kind === 'update') bytes += item.update.data.byteLength;
      if (waiting.length > TEXT_LIMITS.queueItems || bytes > TEXT_LIMITS.queueBytes) {
        paused.add(item.from);
        item.from.pause();
      }
      running ??= run();
    },
    isIdle: () => running === null && waiting.length === 0,
    close: async () => {
      isClosed = true;
      await running;
    },
  };
}

type Outcome = ({ readonly kind: 'stored' } & Stored) | { readonly kind: 'broken'; readonly error: unknown };

function isPassing(error: unknown): boolean {
  return error instanceof AppError && error.code === 'UNAVAILABLE';
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
