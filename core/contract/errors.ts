import { z } from 'zod';
import { CODES, REASONS, type Code, type Reason } from '../domain/refusals.ts';

/** HTTP status of each class of error. */
export const STATUS: Readonly<Record<Code, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID: 400,
  CONFLICT: 409,
  CLOSED: 410,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

const reasons = Object.keys(REASONS) as [Reason, ...Reason[]];

/** Body of every error at every door. Clients act on code and reason, never on message. */
export const ErrorBody = z.strictObject({
  code: z.enum(CODES),
  /** Finer sub-code; the person's text is found in the locales by it. */
  reason: z.enum(reasons),
  /** For the log, in English. */
  message: z.string(),
  /** Facts that the person's text may need; `path` names a wrong field, `retryAfterMs` when to try again. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  requestId: z.string(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** Close codes of /collab. 4400–4499 are final for a stock y-websocket client, others make it retry; ours takes 1009 as final too. */
export const CLOSE = {
  malformed: 4400,
  revoked: 4401,
  forbidden: 4403,
  unknown: 4404,
  reset: 4409,
  tooLarge: 4413,
  /** Said by the library: a frame was larger than any that we take. */
  frameTooLarge: 1009,
  goingAway: 1012,
  overloaded: 1013,
  storageAway: 4503,
  tooOften: 4529,
} as const;
