import { z } from 'zod';

/** Fewest characters of a password that somebody sets. */
export const SHORTEST_PASSWORD = 10;

/** A password that somebody sets. At sign-in any length is tried, so that older ones stay good. */
export const NewPassword = z.string().min(SHORTEST_PASSWORD).max(200);

/** Letters and digits that nobody mistakes for one another, on paper or on the phone: 32, so five bits each. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const PER_GROUP = 5;

/** How many random bytes one password is made of. */
export const PASSWORD_SEED_BYTES = GROUPS * PER_GROUP;

/** A password that can be read out and typed, e.g. kq3mx-8hvte-…: 100 bits of the given random bytes. */
export function readablePassword(random: Uint8Array): string {
  const letters = [...random.subarray(0, PASSWORD_SEED_BYTES)].map((byte) => LETTERS.charAt(byte % 32));
  if (letters.length < PASSWORD_SEED_BYTES) throw new Error('a password needs more random bytes');
  return Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * PER_GROUP, (group + 1) * PER_GROUP).join(''),
  ).join('-');
}
