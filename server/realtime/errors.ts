import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '../../core/contract/errors.ts';
import { AppError } from '../app-error.ts';

/** The body of an error at this door; what nobody foresaw goes out as UNEXPECTED, without a trace. */
export function toErrorBody(error: unknown, requestId: string = randomUUID()): ErrorBody {
  const known = error instanceof AppError ? error : new AppError('UNEXPECTED', { cause: error });
  const { code, reason, message, details } = known;
  return { code, reason, message, details: { ...details }, requestId };
}
