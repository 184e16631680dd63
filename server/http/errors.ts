import type { NextFunction, Request, Response } from 'express';
import { STATUS } from '../../core/contract/errors.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { AppError } from '../app-error.ts';
import { errorBody } from '../error-body.ts';
import type { Log } from '../log.ts';
import { requestIdOf } from './request-id.ts';

/** What body-parser and Express call their refusals, and what we call them. Anything else of theirs is MALFORMED. */
const TOO_LARGE = new Set(['entity.too.large', 'parameters.too.many']);

/** Refusals that an operator wants to see when somebody knocks on all the doors; never who or from where. */
const TELLING = new Set<Reason>(['SIGN_IN_WRONG', 'ORIGIN_FOREIGN', 'TOO_OFTEN', 'LINK_UNKNOWN']);

/** The one place where an error becomes an answer. Unknown ones go to the log and out as UNEXPECTED, without a trace. */
export function createErrorHandler(log: Log) {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const requestId = requestIdOf(response);
    const known = toAppError(error);
    if (known.code === 'INTERNAL') log.error({ err: error, requestId }, 'unexpected error');
    else if (known.code === 'UNAVAILABLE') log.warn({ err: error, requestId }, known.message);
    else if (TELLING.has(known.reason))
      log.info({ reason: known.reason, path: request.path, requestId }, 'refused');
    if (response.headersSent) {
      next(error);
      return;
    }
    const body = errorBody(known, requestId);
    const { retryAfterMs } = body.details;
    if (typeof retryAfterMs === 'number') response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1_000));
    // A body that nobody wants to read must not hold the connection.
    if (!request.complete) response.setHeader('Connection', 'close');
    response.setHeader('Cache-Control', 'no-store');
    response.status(STATUS[known.code]).json(body);
  };
}

/** What an error means at a door. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) return new AppError('MALFORMED', { cause: error });
  if (error instanceof Error && 'type' in error && typeof error.type === 'string') {
    if (TOO_LARGE.has(error.type)) return new AppError('BODY_TOO_LARGE', { cause: error });
    if ('status' in error && typeof error.status === 'number' && error.status < 500)
      return new AppError('MALFORMED', { cause: error });
  }
  // Express answers a path that cannot be decoded with a plain error of status 400.
  if (error instanceof Error && 'status' in error && error.status === 400)
    return new AppError('MALFORMED', { cause: error });
  return new AppError('UNEXPECTED', { cause: error });
}
