import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const header = 'X-Request-Id';
const SANE = /^[A-Za-z0-9_-]{8,64}$/;

/** Names every request: by the proxy's name when it is harmless in a log, else by one of our own. */
export function nameRequest(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(header);
  response.setHeader(header, given !== undefined && SANE.test(given) ? given : randomUUID());
  next();
}

/** The name that nameRequest gave. */
export function requestIdOf(response: Response): string {
  return String(response.getHeader(header) ?? 'unnamed');
}
