import type { PollFile } from '../../../core/domain/polls/exporting.ts';
import { verifyBox, type BoxFinding } from '../../../core/domain/polls/verifying-box.ts';
import { verifyPoll, type PollVerified } from '../../../core/domain/polls/verifying.ts';

/** What was found of a poll, and of its box: [] where it has none, null where this device cannot verify signatures. */
export type Verified = { readonly poll: PollVerified; readonly box: readonly BoxFinding[] | null };

/** Counts a poll again, and holds its box against it. */
export async function verifiedFile(file: PollFile): Promise<Verified> {
  const poll = verifyPoll(file);
  if (file.box === undefined) return { poll, box: [] };
  // Browsers verify only on pages that came safely.
  if (!window.isSecureContext || (crypto as Partial<Crypto>).subtle === undefined) return { poll, box: null };
  const { isSignedBy } = await import('../box/signatures.ts');
  return { poll, box: await verifyBox(file, isSignedBy) };
}
