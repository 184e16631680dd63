import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { boxRoutes, type BallotReceipt, type BoxTurnout } from '../../core/contract/box-doors.ts';
import { STATUS } from '../../core/contract/errors.ts';
import { AppError } from '../app-error.ts';
import { errorBody } from '../error-body.ts';
import type { Log } from '../log.ts';
import type { BoxesService } from '../services/boxes.ts';
import { parsePart } from './bind.ts';
import { readJson } from './body.ts';
import { toAppError } from './errors.ts';
import { guardContentType, originOf } from './origin.ts';

export type BoxDoorsDeps = {
  readonly boxes: BoxesService;
  readonly publicUrl: string | undefined;
  /** Where ballots go, where that is another host than ours. */
  readonly boxOrigin: string | null;
  readonly log: Log;
};

/**
 * The doors of ballot boxes [B32]. They stand before everything that names, counts or measures requests; no cookie is read
 * here, no address asked for, and nothing of a request reaches the log.
 */
export function createBoxDoors(deps: BoxDoorsDeps): RequestHandler {
  const router = express.Router();
  router.use('/box', guardPage(deps));
  router.post(
    boxRoutes.castIntoBox.path,
    answering((...asked) => cast(deps.boxes, ...asked)),
  );
  router.get(
    boxRoutes.readBox.path,
    answering((request) => read(deps.boxes, request)),
  );
  router.use('/box', () => {
    throw new AppError('ROUTE_UNKNOWN');
  });
  router.use('/box', answerError(deps.log));
  // Whatever else is asked passes by without being matched against each of these.
  return (request, response, next) => {
    if (isBoxPath(request.url)) void router(request, response, next);
    else next();
  };
}

/** As the router compares: in any case of letters. */
function isBoxPath(url: string): boolean {
  return url.slice(0, 4).toLowerCase() === '/box';
}

async function cast(boxes: BoxesService, request: Request, response: Response): Promise<BallotReceipt> {
  guardContentType(request);
  const { params, body, bodyBytes } = boxRoutes.castIntoBox;
  const of = parsePart(params, request.params, 'params');
  const given = await readJson(request, response, bodyBytes);
  return await boxes.cast(of, parsePart(body, given, 'body'));
}

async function read(boxes: BoxesService, request: Request): Promise<BoxTurnout> {
  return await boxes.turnout(parsePart(boxRoutes.readBox.params, request.params, 'params'));
}

function answering(answer: (request: Request, response: Response) => Promise<object>): RequestHandler {
  return (request, response, next) => {
    answer(request, response).then((reply) => response.json(reply), next);
  };
}

/** Pages of ours alone may ask, also from the host beside this one; never with credentials. */
function guardPage({ publicUrl, boxOrigin }: BoxDoorsDeps): RequestHandler {
  return (request, response, next) => {
    response.setHeaders(HEADERS);
    const origin = request.get('origin');
    if (origin !== undefined && origin !== originOf(request, publicUrl)) throw new AppError('ORIGIN_FOREIGN');
    if (origin !== undefined && boxOrigin !== null) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
      response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
      response.setHeader('Access-Control-Max-Age', '600');
    }
    if (request.method !== 'OPTIONS' || boxOrigin === null) next();
    else response.status(204).end();
  };
}

const HEADERS = new Map([
  ['Cache-Control', 'no-store'],
  [
    'Content-Security-Policy',
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  ['Referrer-Policy', 'no-referrer'],
  ['Vary', 'Origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
]);

/** What went wrong is logged by what it is called: an error of the database may hold what somebody sent. */
function answerError(log: Log) {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const known = toAppError(error);
    if (known.code === 'INTERNAL') log.error({ kind: kindOf(error) }, 'a ballot box failed');
    else if (known.code === 'UNAVAILABLE')
      log.warn({ reason: known.reason }, 'a ballot box could not be asked');
    if (response.headersSent) {
      next();
      return;
    }
    const body = errorBody(known, '');
    const { retryAfterMs } = body.details;
    if (typeof retryAfterMs === 'number') response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1_000));
    // A body that nobody wants to read must not hold the connection.
    if (!request.complete) response.setHeader('Connection', 'close');
    response.status(STATUS[known.code]).json(body);
  };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
