import type { PollFile } from '../../../core/domain/polls/exporting.ts';
import { verifyBox, type BoxFinding } from '../../../core/domain/polls/verifying-box.ts';
import { verifyPoll, type PollVerified } from '../../../core/domain/polls/verifying.ts';
import { isSignedBy } from '../box/signatures.ts';

/** What was found of a poll, and of its box: [] where it has none, null where this device cannot verify signatures. */
export type Verified = { readonly poll: PollVerified; readonly box: readonly BoxFinding[] | null };

/** What is shown of a file, without its roll, papers and box, of which there may be very many. */
export type FileTold = Pick<
  PollFile,
  'draft' | 'seal' | 'openedAt' | 'closedAt' | 'result' | 'voided' | 'early'
> & {
  /** How many papers are in it, with names or without. */
  readonly papers: number;
  readonly hasBox: boolean;
};

export function toldOf(file: PollFile): FileTold {
  const { draft, seal, openedAt, closedAt, result, voided, early, ballots, papers, box } = file;
  const told = { draft, seal, openedAt, closedAt, result, hasBox: box !== undefined };
  const count = (ballots ?? []).length + papers.length;
  return {
    ...told,
    papers: count,
    ...(voided === undefined ? {} : { voided }),
    ...(early === undefined ? {} : { early }),
  };
}

/** Counts a poll again, and holds its box against it; tell hears how many of its signatures were verified. */
export async function verifiedFile(
  file: PollFile,
  tell: (signatures: number) => void = () => undefined,
): Promise<Verified> {
  const poll = verifyPoll(file);
  if (file.box === undefined) return { poll, box: [] };
  // Browsers verify only on pages that came safely.
  if (!globalThis.isSecureContext || (crypto as Partial<Crypto>).subtle === undefined)
    return { poll, box: null };
  let verified = 0;
  const box = await verifyBox(file, async (...asked) => {
    const isGood = await isSignedBy(...asked);
    verified += 1;
    tell(verified);
    return isGood;
  });
  return { poll, box };
}
