import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import type { BoxBallot, BoxKey } from '../../core/domain/polls/box.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';

// The voter's half of RFC 9474 on BigInt, written apart from the browser's: whole halls vote in a test, and what two
// implementations agree on is the standard.

const [EM_BYTES, HASH_BYTES, SALT_BYTES] = [384, 48, 48];
const EXPONENT = 65_537n;

/** A token on its way: what is sent to be signed, and how a ballot is made of what comes back. */
export type Blinded = {
  readonly blinded: string;
  readonly msg: string;
  readonly ballot: (signature: string, paper: Paper) => BoxBallot;
};

/** Prepares and blinds a message for the key of a box. */
export function blindFor({ spki }: Pick<BoxKey, 'spki'>): Blinded {
  const key = createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
  const n = numberOf(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url'));
  const msg = randomBytes(64);
  const encoded = numberOf(encodePss(msg));
  const r = (numberOf(randomBytes(EM_BYTES + 8)) % (n - 2n)) + 2n;
  const inverse = inverseOf(r, n);
  const spelled = msg.toString('base64url');
  return {
    msg: spelled,
    blinded: bytesOf((encoded * powerOf(r, n)) % n).toString('base64url'),
    ballot: (signature, paper) => {
      const blindSig = numberOf(Buffer.from(signature, 'base64url'));
      return {
        msg: spelled,
        signature: bytesOf((blindSig * inverse) % n).toString('base64url'),
        paper,
      };
    },
  };
}

/** EMSA-PSS-ENCODE (RFC 8017, 9.1.1) with SHA-384 for a modulus of 3 072 bits. */
function encodePss(msg: Buffer): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const hash = sha384(Buffer.concat([Buffer.alloc(8), sha384(msg), salt]));
  const padding = Buffer.alloc(EM_BYTES - SALT_BYTES - HASH_BYTES - 2);
  const block = Buffer.concat([padding, Buffer.of(1), salt]);
  const mask = mgf1(hash, block.length);
  const masked = Buffer.from(block.map((byte, at) => byte ^ (mask[at] ?? 0)));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Buffer.concat([masked, hash, Buffer.of(0xbc)]);
}

function mgf1(seed: Buffer, length: number): Buffer {
  const parts = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, at) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(at);
    return sha384(Buffer.concat([seed, counter]));
  });
  return Buffer.concat(parts).subarray(0, length);
}

function sha384(bytes: Buffer): Buffer {
  return createHash('sha384').update(bytes).digest();
}

function powerOf(base: bigint, n: bigint): bigint {
  let [result, square, rest] = [1n, base, EXPONENT];
  while (rest > 0n) {
    if ((rest & 1n) === 1n) result = (result * square) % n;
    square = (square * square) % n;
    rest >>= 1n;
  }
  return result;
}

function inverseOf(value: bigint, n: bigint): bigint {
  let [a, b, x, y] = [value % n, n, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % n) + n) % n;
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * EM_BYTES, '0'), 'hex');
}
