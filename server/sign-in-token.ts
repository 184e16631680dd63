import { createHmac, timingSafeEqual } from 'node:crypto';

const SEED_BYTES = 20;
const MARK_BYTES = 12;

/**
 * What a browser keeps: 160 random bits, and a mark that only this installation can make, 43 characters of base64url.
 * Whether a sign-in is good the database says; one without our mark it is not even asked about [P14].
 */
export function signInToken(secret: string, random: Buffer): string {
  const seed = random.subarray(0, SEED_BYTES);
  if (seed.length < SEED_BYTES) throw new Error('a sign-in needs more random bits');
  return Buffer.concat([seed, markOf(secret, seed)]).toString('base64url');
}

/** Whether this installation made a token. */
export function isOurToken(secret: string, token: string): boolean {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== SEED_BYTES + MARK_BYTES) return false;
  // A length that is no multiple of three has more than one spelling: only ours is the token.
  if (bytes.toString('base64url') !== token) return false;
  return timingSafeEqual(bytes.subarray(SEED_BYTES), markOf(secret, bytes.subarray(0, SEED_BYTES)));
}

function markOf(secret: string, seed: Buffer): Buffer {
  return createHmac('sha256', secret).update('sign-in/1:').update(seed).digest().subarray(0, MARK_BYTES);
}
