import { randomBytes, randomUUID } from 'node:crypto';

/** The machine's clock. */
export const systemClock = { now: () => new Date().toISOString() };

/** The machine's randomness. */
export const systemIds = {
  uuid: (): string => randomUUID(),
  salt: () => randomBytes(16).toString('hex'),
  token: () => randomBytes(32).toString('base64url'),
};
