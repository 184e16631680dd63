import { parentPort } from 'node:worker_threads';
import { unpackText, type FoldReply, type FoldRequest } from './fold-message.ts';
import { framesOf } from './filming.ts';
import { finalTextOf, snapshotOf } from './fold.ts';

// A thread of its own: folding a large text takes longer than a keystroke of others may wait. Started by folding.ts,
// imported by nobody.

parentPort?.on('message', (request: FoldRequest) => {
  try {
    const folded = unpackText(request);
    if (request.wanted === 'final')
      return parentPort?.postMessage({ kind: 'final', text: finalTextOf(folded) } satisfies FoldReply, []);
    if (request.wanted === 'frames') {
      const frames = framesOf(folded, request.marks);
      return parentPort?.postMessage({ kind: 'frames', frames } satisfies FoldReply, []);
    }
    const data = snapshotOf(folded);
    parentPort?.postMessage({ kind: 'snapshot', data } satisfies FoldReply, [data.buffer]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ kind: 'fault', why } satisfies FoldReply, []);
  }
});
