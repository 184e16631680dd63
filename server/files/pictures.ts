import type { Worker } from 'node:worker_threads';
import { AppError } from '../app-error.ts';
import { createThread, startScript, ThreadError } from '../own-thread.ts';
import type { PictureAsked, PictureReply, PictureRequest } from './picture-message.ts';
import type { WhileWaiting, Whose } from '../ports/file-maker.ts';
import { createTurns } from './turns.ts';

type Made = Extract<PictureReply, { kind: 'made' }>;

/** Makes pictures anew in a thread of their own, one after the other, each person in their turn. */
export type Pictures = {
  /** Throws FILE_BROKEN where no picture comes of it, or not in time; PICTURES_BUSY as turns do. */
  readonly make: (whose: Whose, request: PictureAsked, whileWaiting?: WhileWaiting) => Promise<Made>;
  readonly close: () => Promise<void>;
};

/**
 * How long one picture may take; a phone's own, twelve megapixels, takes two to four seconds. What takes longer was made to:
 * its scans and pixels are counted before.
 */
export const LONGEST_MS = 14_000;
/** How long one waits for its turn. With its making it stays below what a proxy in front waits for an answer. */
export const LONGEST_WAIT_MS = 11_000;
const TURNS = { mostEach: 2, mostWaiting: 32, longestWaitMs: LONGEST_WAIT_MS };
/** How long the thread waits for another: the memory that it took comes back with its end. */
const IDLE_MS = 20_000;

type Options = { readonly startThread?: () => Worker; readonly longestMs?: number };

export function createPictures({ startThread = startMaker, longestMs = LONGEST_MS }: Options = {}): Pictures {
  const thread = createThread<PictureRequest, PictureReply>(startThread, IDLE_MS);
  const turns = createTurns(TURNS);

  async function makeOne(asked: PictureAsked): Promise<Made> {
    // A copy, made when its turn comes: what is handed over is gone here.
    const bytes = new Uint8Array(asked.bytes);
    const reply = await thread
      .ask({ ...asked, bytes }, { longestMs, transfer: [bytes.buffer] })
      .catch((cause: unknown) => {
        // Of the same picture it would be late, or die, again.
        throw cause instanceof ThreadError ? new AppError('FILE_BROKEN', { cause }) : cause;
      });
    if (reply.kind === 'made') return reply;
    // Whatever a picture did to it, the next one gets a new one.
    await thread.end();
    if (reply.kind === 'unreadable') throw new AppError('FILE_BROKEN');
    // Nobody's picture is to blame: it goes to the log, and out as UNEXPECTED.
    throw new Error(`pictures cannot be made: ${reply.why}`);
  }

  return {
    make: (whose, asked, whileWaiting) => turns.take(whose, () => makeOne(asked), whileWaiting),
    close: async () => {
      await turns.close();
      await thread.end();
    },
  };
}

/** Its own heap only; what the codecs take is bounded by the pixels that are let in. */
const startMaker = (): Worker => startScript('server/files/picture-worker', { maxOldGenerationSizeMb: 256 });
