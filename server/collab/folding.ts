import type { Worker } from 'node:worker_threads';
import { createThread, startScript } from '../own-thread.ts';
import { packText, type FoldReply, type FoldRequest } from './fold-message.ts';
import type { TextFrame } from '../../core/domain/replay/text-frames.ts';
import type { RestingUpdate } from '../ports/document-log.ts';
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
  /** How a text grew after its snapshot [RP3]. */
  readonly framesOf: (
    text: Pick<Folded, 'snapshot'> & { readonly updates: readonly RestingUpdate[] },
  ) => Promise<readonly TextFrame[]>;
  /** A text as it is sealed. */
  readonly finalTextOf: (folded: Folded) => Promise<FinalText>;
  readonly close: () => Promise<void>;
};

const TOO_LONG = 'folding a text took too long';

type Asked =
  | Pick<Extract<FoldRequest, { wanted: 'frames' }>, 'wanted' | 'marks'>
  | Pick<Exclude<FoldRequest, { wanted: 'frames' }>, 'wanted'>;

type Options = { readonly longestMs: number; readonly idleMs: number; readonly startThread?: () => Worker };

/** The thread ends when there was no text for a while: what it took comes back. */
export function createFolding({ longestMs, idleMs, startThread = startFolder }: Options): Folding {
  const thread = createThread<FoldRequest, FoldReply>(startThread, idleMs);

  async function fold(request: FoldRequest, leftMs: number): Promise<FoldReply> {
    // Whoever asked has given up.
    if (isClosed || leftMs <= 0) throw new Error(isClosed ? 'no more texts are folded here' : TOO_LONG);
    const reply = await thread.ask(request, { longestMs: leftMs, transfer: [request.bytes.buffer] });
    if (reply.kind === 'fault') {
      // Whatever it has become: the next text gets another one.
      await thread.end();
      throw new UnfoldableError(reply.why);
    }
    return reply;
  }

  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();
  function inTurn(folded: Folded, asked: Asked): Promise<FoldReply> {
    const untilMs = performance.now() + longestMs;
    const mine = last.then(() => fold({ ...packText(folded), ...asked }, untilMs - performance.now()));
    last = mine.catch(() => undefined); // whoever asked for it hears of its failure
    return mine;
  }

  return {
    snapshotOf: async (folded) => {
      const reply = await inTurn(folded, { wanted: 'snapshot' });
      if (reply.kind !== 'snapshot') throw new Error(`asked for a snapshot, got ${reply.kind}`);
      return reply.data;
    },
    framesOf: async ({ snapshot, updates }) => {
      const marks = updates.map(({ seq, atMs }) => ({ seq, atMs }));
      const reply = await inTurn({ snapshot, updates }, { wanted: 'frames', marks });
      if (reply.kind !== 'frames') throw new Error(`asked for frames, got ${reply.kind}`);
      return reply.frames;
    },
    finalTextOf: async (folded) => {
      const reply = await inTurn(folded, { wanted: 'final' });
      if (reply.kind !== 'final') throw new Error(`asked for a final text, got ${reply.kind}`);
      return reply.text;
    },
    close: async () => {
      isClosed = true;
      await thread.end();
      await last;
    },
  };
}

/** A text that nobody could hold in memory twice ends its thread, and not the process. */
const startFolder = (): Worker => startScript('server/collab/fold-worker', { maxOldGenerationSizeMb: 768 });
