import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '../core/contract/errors.ts';
import { AppError } from './app-error.ts';

/** How long to wait before asking again what the server could not do just now, unless the error knows better. */
const RETRY_AFTER_MS = 2_000;

/** The body of an error at every door; what nobody foresaw goes out as UNEXPECTED, without a trace. */
export function errorBody(error: unknown, requestId: string = randomUUID()): ErrorBody {
  const known = error instanceof AppError ? error : new AppError('UNEXPECTED', { cause: error });
  const { code, reason, message, details } = known;
  const wait = code === 'UNAVAILABLE' ? { retryAfterMs: RETRY_AFTER_MS } : {};
  return { code, reason, message, details: { ...wait, ...details }, requestId };
}
