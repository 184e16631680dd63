import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../app-error.ts';
import { projectRoot } from '../paths.ts';
import type { PictureAsked, PictureReply, PictureRequest } from './picture-message.ts';

type Made = Extract<PictureReply, { kind: 'made' }>;

/** Makes pictures anew in a thread of their own, one after the other. */
export type Pictures = {
  /** Throws FILE_BROKEN where no picture comes of it, BUSY where too many wait or it takes too long. */
  readonly make: (request: PictureAsked) => Promise<Made>;
  readonly close: () => Promise<void>;
};

/** How long one picture may take; a phone's own, twelve megapixels, takes two to four seconds. */
const LONGEST_MS = 20_000;
/** How long the thread waits for another: the memory that it took comes back with its end. */
const IDLE_MS = 20_000;
/** So many wait at most: whoever comes behind them would have given up. */
const MOST_WAITING = 24;
const RETRY_MS = 5_000;
/** Its own heap only; what the codecs take is bounded by the pixels that are let in. */
const resourceLimits = { maxOldGenerationSizeMb: 256 };

export function createPictures(startThread: () => Worker = startMaker): Pictures {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  function begin(): Worker {
    const begun = startThread();
    // Also while nothing is asked of it: an error that nobody hears ends the process.
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

  async function makeOne(request: PictureAsked): Promise<Made> {
    clearTimeout(idle);
    thread ??= begin();
    try {
      const reply = await ask(thread, request);
      if (reply.kind === 'unreadable') throw new AppError('FILE_BROKEN');
      // Nobody's picture is to blame: it goes to the log, and out as UNEXPECTED.
      if (reply.kind === 'unready') throw new Error(`pictures cannot be made: ${reply.why}`);
      return reply;
    } catch (error) {
      // Whatever a picture did to it, the next one gets a new one.
      await end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), IDLE_MS).unref(); // a thread that is ended cannot fail to end
    }
  }

  return {
    make: async (request) => {
      if (waiting >= MOST_WAITING) throw new AppError('BUSY', { details: { retryAfterMs: RETRY_MS } });
      waiting += 1;
      const mine = last.then(() => makeOne(request));
      last = mine.catch(() => undefined); // whoever asked for it hears of its failure
      return await mine.finally(() => {
        waiting -= 1;
      });
    },
    close: async () => {
      await last;
      await end();
    },
  };
}

function ask(thread: Worker, request: PictureAsked): Promise<PictureReply> {
  return new Promise((resolve, reject) => {
    const gaveUp = () => leave(() => reject(new AppError('BUSY', { details: { retryAfterMs: RETRY_MS } })));
    const timer = setTimeout(gaveUp, LONGEST_MS);
    const leave = (answer: () => void): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', gaveUp).unref();
      answer();
    };
    const onMessage = (reply: PictureReply): void => leave(() => resolve(reply));
    // A thread dies of one picture: of the same one it would die again.
    const onError = (cause: Error): void => leave(() => reject(new AppError('FILE_BROKEN', { cause })));
    thread.on('message', onMessage).on('error', onError).on('exit', gaveUp).ref();
    // A copy, made when its turn comes: what is handed over is gone here.
    const bytes = new Uint8Array(request.bytes);
    thread.postMessage({ ...request, bytes } satisfies PictureRequest, [bytes.buffer]);
  });
}

/** Built, the thread is a script beside the server's; in the source it is TypeScript, which Node.js must be taught. */
function startMaker(): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(join(projectRoot, 'dist/server/picture-worker.js'), { resourceLimits });
  const source = pathToFileURL(join(projectRoot, 'server/files/picture-worker.ts')).href;
  const teach = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(teach, { eval: true, execArgv: [], resourceLimits });
}
