import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonical } from '../canonical.ts';
import { digest } from '../digest.ts';
import { ParticipantId, type PollId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { Paper } from './paper.ts';

// 无记名可核验 by blind tokens: RSABSSA-SHA384-PSS-Randomized of RFC 9474, one RSA-3072 key for each poll. Everything that a
// browser, the server and a verifier must agree on stands here, exact to the byte; docs/polls.md says it in words.

/** The message of a token: 32 random bytes of RFC 9474's PrepareRandomize, and 32 random bytes of the voter's own. */
export const MESSAGE_BYTES = 64;
/** As long as the modulus: what is blinded, what is signed, and the signature. */
export const SIGNATURE_BYTES = 384;
/** Salt of the PSS signature, in bytes. */
export const SALT_BYTES = 48;

/** base64url without padding, of so many bytes exactly. */
function bytes(length: number) {
  const [last, characters] = [length % 3, Math.ceil((length * 4) / 3)];
  // The bits that no byte needs are zero: each value has one text.
  const end = last === 0 ? '' : last === 1 ? '[AQgw]' : '[AEIMQUYcgkosw048]';
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${characters - (end === '' ? 0 : 1)}}${end}$`));
}

export const BoxBytes = { message: bytes(MESSAGE_BYTES), signature: bytes(SIGNATURE_BYTES) } as const;
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The keys of a poll's ballot box, announced as it opens; its seal covers fingerprint and receipts, and so all three [B30]. */
export const BoxKey = z.strictObject({
  /** SubjectPublicKeyInfo of the RSA key, DER in base64url without padding: signs tokens of this poll and nothing else. */
  spki: z.string().regex(/^[A-Za-z0-9_-]{500,700}$/),
  /** SHA-256 of the DER, hex. Everybody compares it: a key of their own would mark their ballot. */
  fingerprint: Sha256,
  /** Ed25519 key of the installation that signs receipts: 32 bytes, base64url. */
  receipts: bytes(32),
});
export type BoxKey = z.infer<typeof BoxKey>;

/** A ballot as it lies in the box: a token's message and signature, which nobody can join with who took it, and a paper. */
export const BoxBallot = z.strictObject({
  msg: BoxBytes.message,
  signature: BoxBytes.signature,
  paper: Paper,
});
export type BoxBallot = z.infer<typeof BoxBallot>;

/** What the close of a box tells in the chain. */
export const BoxSum = z.strictObject({
  /** 领取: tokens that were taken. */
  issued: z.int().min(0),
  /** 投出: ballots in the box. */
  cast: z.int().min(0),
  /** Merkle root over all ballots, hex. */
  root: Sha256,
});
export type BoxSum = z.infer<typeof BoxSum>;

/** The whole box of a closed poll, for whoever counts again. */
export const BoxContent = z.strictObject({
  /** Who took a token. */
  roster: z.array(ParticipantId).max(LIMITS.participantsPerSession),
  root: Sha256,
  /** In the order of their trackers. */
  ballots: z.array(BoxBallot).max(LIMITS.participantsPerSession),
});
export type BoxContent = z.infer<typeof BoxContent>;

/** What a token is known by once it is spent: SHA-256 of the message's bytes, hex. */
export function nullifierOf(msg: string): string {
  return bytesToHex(sha256(bytesOf(msg)));
}

/** Crockford's digits: none that is taken for another. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * 核验码, by which a voter finds their ballot: the first 40 bits of SHA-256 over nullifier, a slash and the poll's id, in
 * Crockford's base 32, e.g. K7F3-9Q2M.
 */
export function trackerOf(nullifier: string, pollId: PollId): string {
  const hex = digest(`${nullifier}/${pollId}`);
  // Two hex halves of 20 bits, four characters each: no number here is beyond 32 bits.
  const part = (from: number) => {
    const bits = Number.parseInt(hex.slice(from, from + 5), 16);
    return [15, 10, 5, 0].map((shift) => CROCKFORD[(bits >> shift) & 31] ?? '').join('');
  };
  return `${part(0)}-${part(5)}`;
}

/** What a receipt signs (Ed25519, over the UTF-8 bytes of this text): that this paper was taken for this token. */
export function receiptText(pollId: PollId, nullifier: string, paper: Paper): string {
  return signedText(pollId, nullifier, digest(canonical(paper)));
}

/** The same of a paper's hash: SHA-256 of its JSON, hex. */
export function signedText(pollId: PollId, nullifier: string, paperHash: string): string {
  return canonical({ nullifier, paper: paperHash, pollId });
}

/** SHA-256 of a key's DER, hex. */
export function fingerprintOf(spki: string): string {
  return bytesToHex(sha256(bytesOf(spki)));
}

/** A fingerprint as it is shown to be compared by eye: 3F:9A:…, its first eight bytes. */
export function spelledFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 16).toUpperCase().match(/../g) ?? []).join(':');
}

/** Ballots in the order of their trackers; equal ones by nullifier. */
export function byTracker(pollId: PollId, ballots: readonly BoxBallot[]): BoxBallot[] {
  const placed = ballots.map((ballot) => {
    const nullifier = nullifierOf(ballot.msg);
    return { ballot, place: `${trackerOf(nullifier, pollId)} ${nullifier}` };
  });
  return placed.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ ballot }) => ballot);
}

/**
 * Merkle root over ballots in the order of their trackers, hex (RFC 6962, 2.1): a leaf is SHA-256 of a zero byte and the
 * canonical JSON of a ballot, a node SHA-256 of a byte of one and its two hashes; an empty box is SHA-256 of nothing.
 */
export function rootOf(pollId: PollId, ballots: readonly BoxBallot[]): string {
  const leaves = byTracker(pollId, ballots).map((ballot) => hashed(0, utf8ToBytes(canonical(ballot))));
  return bytesToHex(treeOf(leaves));
}

function treeOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return first;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return hashed(1, treeOf(leaves.slice(0, half)), treeOf(leaves.slice(half)));
}

function hashed(domain: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create().update(Uint8Array.of(domain));
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The bytes of base64url, also without padding. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** base64url of bytes, without padding. */
export function textOf(some: Uint8Array): string {
  const plain = Array.from(some, (byte) => String.fromCharCode(byte)).join('');
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
