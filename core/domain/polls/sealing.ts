import { canonical } from '../canonical.ts';
import { digest } from '../digest.ts';
import type { BoxKey } from './box.ts';
import type { PollDraft } from './draft.ts';
import type { ChamberRoll, Voter } from './voters.ts';

/**
 * What nobody can change while a poll is open, as one digest: its draft with all rules, the roll of voters [B6], and, where
 * it has a box, the fingerprint of the box's key and the key of receipts [B30]. roll: who was due and present then; null for a
 * poll of before, whose seal did not cover it.
 */
export function sealOf(
  draft: PollDraft,
  electorate: readonly Voter[],
  roll: readonly ChamberRoll[] | null,
  key?: Pick<BoxKey, 'fingerprint' | 'receipts'>,
): string {
  const keys = key === undefined ? {} : { key: key.fingerprint, receipts: key.receipts };
  return digest(canonical({ draft, electorate, ...(roll === null ? {} : { roll }), ...keys }));
}
