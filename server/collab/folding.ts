import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../paths.ts';
import { packText, type FoldReply, type FoldRequest } from './fold-message.ts';
import type { FinalText, Folded } from './fold.ts';

/** What the thread said of a text that it cannot fold, now or later. */
export class UnfoldableError extends Error {
  override readonly name = 'UnfoldableError';
}

/**
 * Folds texts in a thread of its own, one after the other. What cannot be made, or not in time from the asking on, throws;
 * UnfoldableError: trying again changes nothing.
 */
export type Folding = {
  /** The verified snapshot of a text. */
  readonly snapshotOf: (folded: Folded) => Promise<Uint8Array>;
  /** A text as it is sealed. */
  readonly finalTextOf: (folded: Folded) => Promise<FinalText>;
  readonly close: () => Promise<void>;
};

const TOO_LONG = 'folding a text took too long';

type Options = { readonly longestMs: number; readonly idleMs: number; readonly startThread?: () => Worker };

/** The thread begins with the first text and ends when there was none for a while: what it took comes back. */
export function createFolding({ longestMs, idleMs, startThread = startFolder }: Options): Folding {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  function begin(): Worker {
    const begun = startThread();
    // Also while nothing is asked of it: nobody else hears, and an error that nobody hears ends the process.
    begun.on('error', () => undefined);
    begun.on('exit', () => {
      if (thread === begun) thread = null;
    });
    return begun;
  }

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ended = thread;
    thread = null;
    await ended?.terminate();
  }

  async function fold(request: FoldRequest, leftMs: number): Promise<FoldReply> {
    // Whoever asked has given up.
    if (isClosed || leftMs <= 0) throw new Error(isClosed ? 'no more texts are folded here' : TOO_LONG);
    clearTimeout(idle);
    thread ??= begin();
    try {
      const reply = await ask(thread, request, leftMs);
      if (reply.kind === 'fault') throw new UnfoldableError(reply.why);
      idle = setTimeout(() => void end(), idleMs).unref(); // a thread that is ended cannot fail to end
      return reply;
    } catch (error) {
      // Whatever it is at, or has become: the next text gets another one.
      await end();
      throw error;
    }
  }

  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();
  function inTurn(folded: Folded, wanted: FoldRequest['wanted']): Promise<FoldReply> {
    const untilMs = performance.now() + longestMs;
    const mine = last.then(() => fold({ ...packText(folded), wanted }, untilMs - performance.now()));
    last = mine.catch(() => undefined); // whoever asked for it hears of its failure
    return mine;
  }

  return {
    snapshotOf: async (folded) => {
      const reply = await inTurn(folded, 'snapshot');
      if (reply.kind !== 'snapshot') throw new Error(`asked for a snapshot, got ${reply.kind}`);
      return reply.data;
    },
    finalTextOf: async (folded) => {
      const reply = await inTurn(folded, 'final');
      if (reply.kind !== 'final') throw new Error(`asked for a final text, got ${reply.kind}`);
      return reply.text;
    },
    close: async () => {
      isClosed = true;
      await end();
      await last;
    },
  };
}

function ask(thread: Worker, request: FoldRequest, longestMs: number): Promise<FoldReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => leave(() => reject(new Error(TOO_LONG))), longestMs);
    const leave = (answer: () => void): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      answer();
    };
    const onMessage = (reply: FoldReply): void => leave(() => resolve(reply));
    const onError = (error: Error): void => leave(() => reject(error));
    const onExit = (): void => leave(() => reject(new Error('the thread that folds texts ended')));
    // A process that has nothing else to do still waits for its answer.
    thread.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
    thread.postMessage(request, [request.bytes.buffer]);
  });
}

/** A text that nobody could hold in memory twice ends its thread, and not the process. */
const resourceLimits = { maxOldGenerationSizeMb: 768 };

/** Built, the thread is a script beside the server's; in the source it is TypeScript, which Node.js must be taught. */
function startFolder(): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(join(projectRoot, 'dist/server/fold-worker.js'), { resourceLimits });
  const source = pathToFileURL(join(projectRoot, 'server/collab/fold-worker.ts')).href;
  const teach = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(teach, { eval: true, execArgv: [], resourceLimits });
}
