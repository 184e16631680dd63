import type { Worker } from 'node:worker_threads';
import { AppError } from '../app-error.ts';
import { createThread, startScript } from '../own-thread.ts';
import type { Signer, SignRequest } from '../ports/box-keys.ts';
import type { SignReply } from './sign-message.ts';

type Waiting = {
  readonly request: SignRequest;
  readonly resolve: (signature: Uint8Array | null) => void;
  readonly reject: (error: unknown) => void;
};

const MOST_WAITING = 5_000;
/** Signed at one go: some sixty milliseconds. */
const AT_ONCE = 32;
const LONGEST_MS = 10_000;
/** The thread ends soon after the last token, and with it what it remembers of keys. */
const IDLE_MS = 10_000;

const startThread = (): Worker => startScript('server/box/sign-worker', { maxOldGenerationSizeMb: 128 });

/** One thread for all boxes of this process; it begins with the first token. */
export function createSigner(start: () => Worker = startThread): Signer {
  const thread = createThread<readonly SignRequest[], SignReply>(start, IDLE_MS);
  let waiting: Waiting[] = [];
  let isRunning = false;

  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const taken = waiting.slice(0, AT_ONCE);
      waiting = waiting.slice(AT_ONCE);
      try {
        const requests = taken.map(({ request }) => request);
        const signatures = await thread.ask(requests, { longestMs: LONGEST_MS, transfer: [] });
        for (const [index, { resolve }] of taken.entries()) resolve(signatures[index] ?? null);
      } catch (cause) {
        for (const { reject } of taken)
          reject(new AppError('BUSY', { cause, details: { retryAfterMs: 1_000 } }));
      }
    }
    isRunning = false;
  };

  return {
    sign: (request) => {
      if (waiting.length >= MOST_WAITING) throw new AppError('BUSY', { details: { retryAfterMs: 2_000 } });
      return new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        // Never rejects: whatever goes wrong is told to those who wait.
        if (!isRunning) void run();
      });
    },
    close: thread.end,
  };
}
