import {
  RECEIPT_BYTES,
  receiptIn,
  verifyReceipt,
  type ReceiptFinding,
} from '../../../core/domain/polls/receipts.ts';
import type { PollFile } from '../../../core/domain/polls/exporting.ts';
import { toldOf, verifiedFile, type FileTold, type Verified } from '../../room/recount/verified.ts';
import { readPollFile, type FileFault } from './poll-file.ts';

/** How far it is: reading the file, counting its papers, or verifying so many signatures of so many. */
export type Progress =
  | { readonly step: 'reading' | 'counting' }
  | { readonly step: 'signatures'; readonly done: number; readonly of: number };

export type Judged = { readonly fault: FileFault } | { readonly file: FileTold; readonly verified: Verified };

/** Null: it is no receipt. */
export type ReceiptJudged = { readonly tracker: string; readonly findings: readonly ReceiptFinding[] } | null;

/** What is done with what somebody brings: in a worker, or where there is none on the page. Nothing of it rejects. */
export type Judgement = {
  readonly file: (brought: Blob, tell: (progress: Progress) => void) => Promise<Judged>;
  /** Held against the file that was judged last. */
  readonly receipt: (brought: Blob) => Promise<ReceiptJudged>;
};

/** Signatures are told of in steps of so many. */
const STEP = 20;

export function createJudgement(): Judgement {
  let held: PollFile | null = null;
  return {
    file: async (brought, tell) => {
      held = null;
      tell({ step: 'reading' });
      const read = await readPollFile(brought);
      if ('fault' in read) return { fault: read.fault };
      const { file } = read;
      held = file;
      tell({ step: 'counting' });
      const of = file.box?.ballots.length ?? 0;
      const verified = await verifiedFile(file, (done) => {
        if (done % STEP === 0 || done === of) tell({ step: 'signatures', done, of });
      });
      return { file: toldOf(file), verified };
    },
    receipt: async (brought) => {
      try {
        const receipt = brought.size > RECEIPT_BYTES ? null : receiptIn(await brought.text());
        if (receipt === null || held === null) return null;
        return { tracker: receipt.tracker, findings: verifyReceipt(held, receipt) };
      } catch {
        return null;
      }
    },
  };
}
