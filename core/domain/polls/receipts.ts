import { ed25519 } from '@noble/curves/ed25519.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonical } from '../canonical.ts';
import { digest } from '../digest.ts';
import { PollId } from '../ids.ts';
import { BoxKey, bytesOf, nullifierOf, signedText, trackerOf } from './box.ts';
import type { PollFile } from './exporting.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a receipt proves: that the paper with this hash was taken for this token. */
export type Receipted = { readonly pollId: PollId; readonly nullifier: string; readonly paperHash: string };

/** 回执 as a voter keeps it: the box's signature, what it signs, and the keys of the poll as this voter was shown them. */
export const ReceiptFile = z.strictObject({
  format: z.literal('shangliang/receipt/1'),
  pollId: PollId,
  seal: Sha256,
  tracker: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
  nullifier: Sha256,
  paperHash: Sha256,
  receipt: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  /** Of the key that signs tokens. */
  fingerprint: BoxKey.shape.fingerprint,
  /** The key that signs receipts. */
  receipts: BoxKey.shape.receipts,
});
export type ReceiptFile = z.infer<typeof ReceiptFile>;

/** Larger than any receipt with the words around it, bytes. */
export const RECEIPT_BYTES = 64 * 1024;

/** Whether a receipt was signed with this key: Ed25519, as RFC 8032 verifies. False for what is no key or no signature. */
export function isReceiptOf(receipts: string, signed: Receipted, receipt: string): boolean {
  try {
    const { pollId, nullifier, paperHash } = signed;
    const text = utf8ToBytes(signedText(pollId, nullifier, paperHash));
    return ed25519.verify(bytesOf(receipt), text, bytesOf(receipts), { zip215: false });
  } catch {
    return false;
  }
}

/** The receipt in a file that a voter kept: in its last line, behind words for people. Null where there is none. */
export function receiptIn(text: string): ReceiptFile | null {
  const lines = text.split('\n').map((line) => line.trim());
  const [last] = lines.filter((line) => line.startsWith('{')).slice(-1);
  try {
    const read = ReceiptFile.safeParse(JSON.parse(last ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * What is held against a receipt [B37], in this order. poll: it is of this poll and its seal; key: it names the keys that the
 * seal covers; signature: the key of receipts signed it; tracker: it is the token's; listed: a ballot with the token lies in the
 * box; paper: that ballot is the one that was signed for. box: the file has no box, so neither could be asked.
 */
export type ReceiptCheck = 'poll' | 'key' | 'signature' | 'tracker' | 'box' | 'listed' | 'paper';
export type ReceiptFinding = { readonly check: ReceiptCheck; readonly holds: boolean };

/** Holds a voter's receipt against the file of a closed poll. */
export function verifyReceipt({ draft, seal, key, box }: PollFile, receipt: ReceiptFile): ReceiptFinding[] {
  const { nullifier, paperHash } = receipt;
  const found = (check: ReceiptCheck, holds: boolean): ReceiptFinding => ({ check, holds });
  const own = box?.ballots.find(({ msg }) => nullifierOf(msg) === nullifier);
  const isOurs = receipt.receipts === key?.receipts && receipt.fingerprint === key.fingerprint;
  const signed = { pollId: draft.id, nullifier, paperHash };
  const before = [
    found('poll', receipt.pollId === draft.id && receipt.seal === seal),
    found('key', isOurs),
    found('signature', key !== undefined && isReceiptOf(key.receipts, signed, receipt.receipt)),
    found('tracker', receipt.tracker === trackerOf(nullifier, draft.id)),
  ];
  if (box === undefined) return [...before, found('box', false)];
  if (own === undefined) return [...before, found('listed', false)];
  return [...before, found('listed', true), found('paper', digest(canonical(own.paper)) === paperHash)];
}
