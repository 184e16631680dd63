import type { z } from 'zod';
import type { Rate } from './limits.ts';

/**
 * One door of the HTTP API: what comes in, what goes out, who may knock.
 * Both ends and the OpenAPI document are made from it; nothing is typed by hand a second time.
 */
export type Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express form: /api/sessions/:sessionId/views; what asks nobody who they are stands under /box. */
  readonly path: `/api/${string}` | `/box/${string}`;
  readonly summary: string;
  /** none: anybody. person: somebody signed in, guests included; what they may do is asked in the service. */
  readonly auth: 'none' | 'person';
  /** Commands of a room need the header Idempotency-Key. */
  readonly isIdempotent: boolean;
  readonly rate: Rate;
  /** in: the body is a file, in bytes as they are; out: so is the answer. Absent: both are JSON. */
  readonly file?: 'in' | 'out';
  readonly bodyBytes: number;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
};

export type ParamsOf<R extends Route> = z.infer<R['params']>;
export type QueryOf<R extends Route> = z.infer<R['query']>;
export type BodyOf<R extends Route> = z.infer<R['body']>;
export type ReplyOf<R extends Route> = z.infer<R['reply']>;

/** Keeps the exact types of a route while checking its shape. */
export function route<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
>(description: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return description;
}
