import { randomBytes, randomFillSync, randomUUID } from 'node:crypto';

/** The machine's clock. */
export const systemClock = { now: () => new Date().toISOString() };

const SALT_BYTES = 16;
// Asking the machine costs more than what it answers: salts of many events are asked for at once.
const drawn = Buffer.alloc(SALT_BYTES * 256);
let used = drawn.length;

/** The machine's randomness. */
export const systemIds = {
  uuid: (): string => randomUUID(),
  salt: () => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    const salt = drawn.toString('hex', used, used + SALT_BYTES);
    // Given out once, and not kept: a salt that was erased with its words must not lie about in memory.
    drawn.fill(0, used, used + SALT_BYTES);
    used += SALT_BYTES;
    return salt;
  },
  token: () => randomBytes(32).toString('base64url'),
};
