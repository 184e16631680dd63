import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../testing/seed.ts';
import { canonical } from '../canonical.ts';
import type { PollId } from '../ids.ts';
import {
  BoxBytes,
  BoxKey,
  bytesOf,
  byTracker,
  fingerprintOf,
  MESSAGE_BYTES,
  nullifierOf,
  rootOf,
  SIGNATURE_BYTES,
  spelledFingerprint,
  textOf,
  trackerOf,
  type BoxBallot,
} from './box.ts';

const pollId = '5b0ff3a2-6a3c-4a57-9b84-6d7c0f3a1e11' as PollId;
const seed = freshSeed();
const sha = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const ballot = fc
  .record({ msg: bytes(MESSAGE_BYTES), signature: bytes(SIGNATURE_BYTES), yes: fc.boolean() })
  .map(({ msg, signature, yes }): BoxBallot => ({
    msg: textOf(msg),
    signature: textOf(signature),
    paper: { shape: 'choices', choices: [yes ? 'yes' : 'no'] },
  }));

/** RFC 6962, 2.1, written apart. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha('');
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0]!);
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha(Buffer.of(1), treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

describe('trackerOf', () => {
  it(`is the first 40 bits in Crockford's digits (seed ${seed}) [B34]`, () => {
    fc.assert(
      fc.property(bytes(MESSAGE_BYTES), (msg) => {
        const nullifier = sha(Buffer.from(msg)).toString('hex');
        expect(nullifierOf(textOf(msg))).toBe(nullifier);
        const bits = sha(`${nullifier}/${pollId}`).subarray(0, 5);
        const tracker = trackerOf(nullifier, pollId);
        expect(tracker).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
        const value = [...tracker.replace('-', '')].reduce(
          (sum, one) => sum * 32n + BigInt(digits.indexOf(one)),
          0n,
        );
        expect(value).toBe(BigInt(`0x${bits.toString('hex')}`));
      }),
      { seed },
    );
  });
});

describe('rootOf', () => {
  it(`is RFC 6962's over ballots in the order of trackers, in whatever order they come (seed ${seed}) [B34]`, () => {
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 20 }), (ballots) => {
        const sorted = byTracker(pollId, ballots);
        const leaves = sorted.map((one) => Buffer.from(canonical(one)));
        expect(rootOf(pollId, ballots)).toBe(treeHash(leaves).toString('hex'));
        expect(rootOf(pollId, ballots.toReversed())).toBe(rootOf(pollId, ballots));
        const trackers = sorted.map(({ msg }) => trackerOf(nullifierOf(msg), pollId));
        expect(trackers).toEqual([...trackers].sort());
      }),
      { seed },
    );
  });
});

describe('BoxBytes', () => {
  it(`takes each value in one spelling, of one length (seed ${seed}) [B32]`, () => {
    fc.assert(
      fc.property(bytes(MESSAGE_BYTES), bytes(SIGNATURE_BYTES), (msg, signature) => {
        expect(textOf(msg)).toBe(Buffer.from(msg).toString('base64url'));
        expect(bytesOf(textOf(msg))).toEqual(Uint8Array.from(msg));
        expect(BoxBytes.message.safeParse(textOf(msg)).success).toBe(true);
        expect(BoxBytes.signature.safeParse(textOf(signature)).success).toBe(true);
        // The two bits that no byte needs.
        const last = textOf(msg).slice(-1);
        const other = String.fromCharCode(last.charCodeAt(0) + 1);
        expect(BoxBytes.message.safeParse(textOf(msg).slice(0, -1) + other).success).toBe(false);
        expect(BoxBytes.message.safeParse(`${textOf(msg)}A`).success).toBe(false);
        expect(BoxBytes.message.safeParse(`${textOf(msg)}==`).success).toBe(false);
      }),
      { seed },
    );
  });
});

describe('BoxKey', () => {
  it('holds the key as OpenSSL and WebCrypto have it, and spells its fingerprint [B30]', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const der = publicKey.export({ type: 'spki', format: 'der' });
    const [spki, receipts] = [der.toString('base64url'), textOf(new Uint8Array(32))];
    const fingerprint = fingerprintOf(spki);
    expect(fingerprint).toBe(sha(der).toString('hex'));
    expect(BoxKey.parse({ spki, fingerprint, receipts })).toBeTruthy();
    expect(spelledFingerprint(fingerprint)).toMatch(/^([0-9A-F]{2}:){7}[0-9A-F]{2}$/);
  });
});
