import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker, type ResourceLimits, type TransferListItem } from 'node:worker_threads';
import { projectRoot } from './paths.ts';

/** Why a thread gave no answer. late: not in time; died: of what it was asked; ended: somebody ended it. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
  readonly why: 'late' | 'died' | 'ended';

  constructor(why: ThreadError['why'], cause?: unknown) {
    super(`a thread gave no answer: ${why}`, { cause });
    this.why = why;
  }
}

/** A thread that is asked one thing after the other. It begins with the first, and what it took comes back with its end. */
export type OwnThread<Request, Reply> = {
  /** One at a time. Throws ThreadError; then the thread is ended, and the next thing asked gets a new one. */
  readonly ask: (
    request: Request,
    how: { readonly longestMs: number; readonly transfer: readonly TransferListItem[] },
  ) => Promise<Reply>;
  readonly end: () => Promise<void>;
};

/** idleMs: how long it waits for something else to be asked before it ends. */
export function createThread<Request, Reply>(start: () => Worker, idleMs: number): OwnThread<Request, Reply> {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  function begin(): Worker {
    const begun = start();
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
    ask: async (request, { longestMs, transfer }) => {
      clearTimeout(idle);
      thread ??= begin();
      try {
        const reply = await answerOf<Reply>(thread, longestMs, (asked) =>
          asked.postMessage(request, transfer),
        );
        idle = setTimeout(() => void end(), idleMs).unref(); // a thread that is ended cannot fail to end
        return reply;
      } catch (error) {
        // Whatever it is at, or has become: the next one gets another.
        await end();
        throw error;
      }
    },
    end,
  };
}

function answerOf<Reply>(thread: Worker, longestMs: number, ask: (thread: Worker) => void): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => leave(() => reject(new ThreadError('late'))), longestMs);
    const leave = (answer: () => void): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      answer();
    };
    const onMessage = (reply: Reply): void => leave(() => resolve(reply));
    const onError = (cause: Error): void => leave(() => reject(new ThreadError('died', cause)));
    const onExit = (): void => leave(() => reject(new ThreadError('ended')));
    // A process that has nothing else to do still waits for its answer.
    thread.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
    ask(thread);
  });
}

/**
 * Starts the thread of a script, by its path in the source without an ending. Built, it is a script beside the server's; in
 * the source it is TypeScript, which Node.js must be taught.
 */
export function startScript(path: string, resourceLimits: ResourceLimits): Worker {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(join(projectRoot, `dist/server/${name}.js`), { resourceLimits });
  const source = pathToFileURL(join(projectRoot, `${path}.ts`)).href;
  const teach = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(teach, { eval: true, execArgv: [], resourceLimits });
}
