import type { Worker } from 'node:worker_threads';
import { AppError, fromRefusal } from '../app-error.ts';
import { createThread, startScript } from '../own-thread.ts';
import type {
  BundlePacker,
  PackedRecord,
  PackSource,
  WriteSource,
  WrittenDocument,
} from '../ports/bundle-packer.ts';
import type { PackReply, PackRequest } from './pack-message.ts';

const MOST_WAITING = 20;
/** One step; the whole of the largest session takes some seconds. */
const LONGEST_MS = 30_000;
const IDLE_MS = 5_000;

const startThread = (): Worker => startScript('server/bundle/pack-worker', { maxOldGenerationSizeMb: 1024 });

/** verifier: verify.mjs as it is built; null where nobody has built it. */
export function createPacker(verifier: Uint8Array | null, start: () => Worker = startThread): BundlePacker {
  const thread = createThread<PackRequest, PackReply>(start, IDLE_MS);
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (request: PackRequest): Promise<PackReply> => {
    const reply = await thread.ask(request, { longestMs: LONGEST_MS, transfer: [] });
    if (reply.step === 'broken') throw new AppError('ARCHIVE_BROKEN', { details: { seq: reply.seq } });
    return reply;
  };

  /** The whole log, folded: nothing is made of one that does not hold together. */
  const read = async ({
    sealed,
    headHash,
    rows: pages,
  }: Pick<PackSource, 'sealed' | 'headHash' | 'rows'>) => {
    await ask({ step: 'begin', sessionId: sealed.sessionId, verifier });
    for await (const rows of pages()) await ask({ step: 'rows', rows });
    const ended = await ask({ step: 'end', headHash });
    if (ended.step !== 'ended') throw new Error(`the packing thread is at ${ended.step}`);
    return ended;
  };

  const pack = async ({ sealed, headHash, audience, ...source }: PackSource): Promise<PackedRecord> => {
    const ended = await read({ sealed, headHash, rows: source.rows });
    const files = await source.present(ended.files);
    const boxes = [];
    for (const pollId of ended.boxed) boxes.push(await source.box(pollId));
    const packed = await ask({ step: 'pack', sealed, audience, files, boxes });
    if (packed.step !== 'packed') throw new Error(`the packing thread is at ${packed.step}`);
    return packed.record;
  };

  const write = async ({ ask: wanted, ...source }: WriteSource): Promise<WrittenDocument> => {
    await read(source);
    const written = await ask({ step: 'write', sealed: source.sealed, ask: wanted });
    if (written.step === 'refused') throw fromRefusal(written.refusal);
    if (written.step !== 'written') throw new Error(`the packing thread is at ${written.step}`);
    return written.document;
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= MOST_WAITING) throw new AppError('BUSY', { details: { retryAfterMs: 3_000 } });
    waiting += 1;
    const done = last.then(work).finally(() => (waiting -= 1));
    last = done.catch(() => undefined);
    return done;
  };

  return {
    pack: (source) => inTurn(() => pack(source)),
    write: (source) => inTurn(() => write(source)),
    close: thread.end,
  };
}
