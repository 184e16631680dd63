import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../paths.ts';
import { packText, type FoldReply } from './fold-message.ts';
import type { Folded } from './fold.ts';

/** Folds texts in a thread of its own, one at a time: whoever calls waits for the answer before the next call. */
export type Folding = {
  /** The verified snapshot of a text. Throws when it cannot be made, or not in time. */
  readonly snapshotOf: (folded: Folded) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

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

  return {
    snapshotOf: async (folded) => {
      clearTimeout(idle);
      thread ??= begin();
      try {
        const reply = await ask(thread, folded, longestMs);
        if (reply.kind === 'fault') throw new Error(reply.why);
        idle = setTimeout(() => void end(), idleMs).unref(); // a thread that is ended cannot fail to end
        return reply.data;
      } catch (error) {
        // Whatever it is at, or has become: the next text gets another one.
        await end();
        throw error;
      }
    },
    close: end,
  };
}

function ask(thread: Worker, folded: Folded, longestMs: number): Promise<FoldReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => leave(() => reject(new Error('folding a text took too long'))), longestMs);
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
    const request = packText(folded);
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
