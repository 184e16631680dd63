import '../../lib/old-browsers.ts';
import '../../lib/zod-setup.ts';
import { createJudgement, type Judged, type Progress, type ReceiptJudged } from './judgement.ts';

/** What the page asks for, each under a number of its own. */
export type JudgeRequest = {
  readonly n: number;
  readonly what: 'file' | 'receipt';
  readonly brought: Blob;
};
export type JudgeReply =
  | { readonly n: number; readonly progress: Progress }
  | { readonly n: number; readonly judged: Judged }
  | { readonly n: number; readonly held: ReceiptJudged };

// The file of a large poll is read and counted here, so that the page stays alive under the reader's hand.
const judgement = createJudgement();
const tell = (reply: JudgeReply) => self.postMessage(reply, { transfer: [] });

self.addEventListener('message', ({ data: { n, what, brought } }: MessageEvent<JudgeRequest>) => {
  // Neither rejects: what is wrong is the answer.
  if (what === 'receipt') void judgement.receipt(brought).then((held) => tell({ n, held }));
  else
    void judgement.file(brought, (progress) => tell({ n, progress })).then((judged) => tell({ n, judged }));
});
