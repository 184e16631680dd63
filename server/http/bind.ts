import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../../core/contract/route.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { SignedIn, SignIns } from '../ports/sign-ins.ts';
import type { OpenFile } from '../services/open-file.ts';
import type { SentBytes } from '../services/sent-file.ts';
import { gzipBehind, type SharedText } from '../shared-text.ts';
import { readJson } from './body.ts';
import { clearSignIn, setSignIn, type CookieNames } from './cookies.ts';
import { createLastFound, placeOf } from './last-found.ts';
import { readFile, sendFile } from './files.ts';
import { guardContentType, guardOrigin, originOf } from './origin.ts';
import type { Rates } from './rates.ts';
import type { Sender } from './uploads.ts';

/** What every door needs of the world. */
export type BindDeps = {
  readonly signIns: SignIns;
  readonly rates: Rates;
  readonly publicUrl: string | undefined;
  readonly cookieNames: CookieNames;
  /** Tests parse every reply against its description; in production that time belongs to people. */
  readonly checksReplies: boolean;
};

/** A request that has passed every check that does not depend on what it asks for. */
export type Call<R extends Route, W> = {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly who: W;
  /** The idempotency key; '' where the route takes none. */
  readonly key: string;
  readonly address: string;
  /** The address that people type, for links. */
  readonly origin: string;
  /** Where the body is a file: reads it; asked only once who may send it is known. */
  readonly readFile: () => Promise<SentBytes>;
  readonly signIn: (token: string, days: number) => void;
  readonly signOut: () => void;
};

const json$ = Symbol('json');
/** A reply that is JSON already, so that many may share how it begins. */
export type Written = {
  readonly [json$]: {
    readonly shared: SharedText | null;
    readonly own: string;
    /** Names what it says, for those who have it already. */
    readonly tag: string;
    /** Says the same to everybody: kept by whoever likes, and asked about each time. */
    readonly isForAnybody?: boolean;
  };
};

/** Marks a shared text and what is behind it as the JSON of a reply. */
export function written(parts: Written[typeof json$]): Written {
  return { [json$]: parts };
}

/** A route and what answers it. */
export type Door = { readonly route: Route; readonly handle: RequestHandler };

type Asked = { readonly who: SignedIn | null; readonly wentWell: () => void };

type Handler<R extends Route, W> = (call: Call<R, W>) => Promise<ReplyOf<R> | Written>;
type FileHandler<R extends Route> = (
  call: Call<R, SignedIn> & { readonly reads: boolean },
) => Promise<OpenFile>;

const KEY = /^[A-Za-z0-9_-]{8,100}$/;
/** Below this many characters an answer fits into a packet or three, and compressing it costs more than it saves. */
const COMPRESSED_FROM = 4_096;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Makes doors: forPerson for routes that need a sign-in, forAnybody for those that do not. */
export function createBinder(deps: BindDeps) {
  const lastFound = createLastFound();
  const ask = async (request: Request, isAskedAgain: boolean): Promise<Asked> => {
    const [cookie, sessionId] = [request.get('cookie'), sessionOf(request)];
    const place = placeOf(cookie, sessionId);
    const known = isAskedAgain ? lastFound.recall(place) : null;
    const who = known ?? (await deps.signIns.find(cookie, sessionId));
    // Until it has gone well: a request that fails asks the next time.
    lastFound.forget(place);
    return { who, wentWell: () => who !== null && lastFound.keep(place, who) };
  };
  const enter = async (request: Request, route: Route, isAskedAgain: boolean) => {
    const { who, wentWell } = await ask(request, isAskedAgain);
    // Pages ask who is signed in before anybody is: a whole hall does, from one address.
    if (who === null) await deps.rates.spend('join', `address:${addressOf(request)}`);
    else await deps.rates.spend(route.rate, `person:${who.personId}`);
    if (who === null) throw new AppError(hasCookie(request, deps) ? 'SIGN_IN_REVOKED' : 'SIGN_IN_NEEDED');
    return { who, wentWell };
  };
  return {
    forPerson: <R extends Route>(
      route: R,
      handler: Handler<R, SignedIn>,
      /** isAskedAgain: whatever the handler does, it asks for the sign-in again where it does it [P13]. */
      { isAskedAgain = false }: { readonly isAskedAgain?: boolean } = {},
    ): Door => {
      if (route.auth !== 'person') throw new Error(`${route.path} is open to anybody`);
      return door(deps, route, async (request, response) => {
        const { who, wentWell } = await enter(request, route, isAskedAgain);
        const reply = await handler({ ...(await readCall(deps, route, { request, response, who })), who });
        wentWell();
        return reply;
      });
    },
    /** For routes that answer with a file; reads: its bytes are asked for. */
    forReader: <R extends Route>(route: R, handler: FileHandler<R>): Door => ({
      route,
      handle: async (request, response) => {
        const { who, wentWell } = await enter(request, route, false);
        const call = await readCall(deps, route, { request, response, who });
        const file = await handler({ ...call, who, reads: request.method === 'GET' });
        wentWell();
        await sendFile(request, response, file);
      },
    }),
    forAnybody: <R extends Route>(
      route: R,
      handler: Handler<R, SignedIn | null>,
      options: { readonly rateBy?: (body: BodyOf<R>) => string } = {},
    ): Door => {
      if (route.auth !== 'none') throw new Error(`${route.path} needs a sign-in`);
      const { rateBy } = options;
      return door(deps, route, async (request, response) => {
        const address = addressOf(request);
        await deps.rates.spend(rateBy === undefined ? route.rate : 'join', `address:${address}`);
        const call = await readCall(deps, route, { request, response, who: null });
        // A whole hall comes through one address: what must be slow for one name is counted by name and address.
        if (rateBy !== undefined) await deps.rates.spend(route.rate, digest([rateBy(call.body), address]));
        return await handler({ ...call, who: await deps.signIns.find(request.get('cookie')) });
      });
    },
  };
}

function door<R extends Route>(
  deps: BindDeps,
  route: R,
  answer: (request: Request, response: Response) => Promise<ReplyOf<R> | Written>,
): Door {
  return {
    route,
    // Express 5 hands a rejected promise to the error handler.
    handle: async (request, response) => {
      if (UNSAFE.has(route.method)) guardOrigin(request, deps.publicUrl);
      const reply = await answer(request, response);
      const parts = isWritten(reply)
        ? reply[json$]
        : { shared: null, own: JSON.stringify(reply), tag: null, isForAnybody: false };
      const isForAnybody = parts.isForAnybody === true;
      response.setHeader('Cache-Control', isForAnybody ? 'public, no-cache' : 'no-store');
      response.setHeader('Vary', isForAnybody ? 'Accept-Encoding' : 'Cookie, Accept-Encoding');
      if (parts.tag !== null) response.setHeader('ETag', `W/"${parts.tag}"`);
      if (parts.tag !== null && isKnown(request, parts.tag)) {
        response.status(304).end();
        return;
      }
      const text = () => (parts.shared?.text() ?? '') + parts.own;
      if (deps.checksReplies) route.reply.parse(JSON.parse(text()));
      const length = (parts.shared?.length ?? 0) + parts.own.length;
      if (length < COMPRESSED_FROM || request.acceptsEncodings('gzip') !== 'gzip') {
        const whole = text();
        end(response, whole, Buffer.byteLength(whole));
        return;
      }
      const bytes = await gzipBehind(parts.shared, parts.own);
      response.setHeader('Content-Encoding', 'gzip');
      end(response, bytes, bytes.byteLength);
    },
  };
}

// Not response.send(), which guesses the type, the charset and an ETag anew for each of thousands of answers.
// A text goes out in one piece with its headers.
function end(response: Response, body: Uint8Array | string, length: number): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', length);
  response.end(body);
}

async function readCall<R extends Route>(
  deps: BindDeps,
  route: R,
  { request, response, who }: { request: Request; response: Response; who: SignedIn | null },
): Promise<Omit<Call<R, null>, 'who'>> {
  const params = parsePart<R['params']>(route.params, request.params, 'params');
  const query = parsePart<R['query']>(route.query, request.query, 'query');
  const key = request.get('idempotency-key') ?? '';
  const cookie = { names: deps.cookieNames, isSecure: isSecure(request, deps) };
  if (route.isIdempotent && !KEY.test(key)) throw new AppError('KEY_MISSING');
  return {
    params,
    query,
    body: parsePart<R['body']>(route.body, await readBody(route, request, response), 'body'),
    key: route.isIdempotent ? key : '',
    address: addressOf(request),
    origin: originOf(request, deps.publicUrl),
    readFile: () => readFile(request, response, { limit: route.bodyBytes, sender: senderOf(request, who) }),
    signIn: (token, days) => setSignIn(response, { ...cookie, token, days }),
    signOut: () => clearSignIn(response, cookie),
  };
}

/** Read only after who and how often are known: strangers do not make the server hold a quarter of a megabyte. */
async function readBody(route: Route, request: Request, response: Response): Promise<unknown> {
  if (!UNSAFE.has(route.method) || route.file === 'in') return {};
  guardContentType(request);
  return await readJson(request, response, route.bodyBytes);
}

/** A part of a request as its route describes it; throws FIELD_INVALID with the field. */
export function parsePart<S extends z.ZodType>(schema: S, value: unknown, part: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown].map(String).join('.').slice(0, 200);
  throw new AppError('FIELD_INVALID', {
    details: { path: path === '' ? part : path, problem: issue?.code ?? 'invalid' },
  });
}

/** What a person typed is no key to keep in the open. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** Whose bytes a file counts among: guests of one session are one party [Y9]. */
function senderOf(request: Request, who: SignedIn | null): Sender {
  const person = who?.personId ?? '';
  const isGuest = who?.isGuest !== false;
  return { person, isGuest, party: isGuest ? `guests of ${sessionOf(request) ?? ''}` : person };
}

/** The session that a request is about; whether the path is well-formed is asked later. */
function sessionOf(request: Request): SessionId | undefined {
  return SessionId.safeParse(request.params['sessionId']).data;
}

function isWritten(reply: unknown): reply is Written {
  return typeof reply === 'object' && reply !== null && json$ in reply;
}

/** Whether the asker has what this tag names (RFC 9110 13.1.2; compared weakly). */
function isKnown(request: Request, tag: string): boolean {
  const known = (request.get('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(`"${tag}"`);
}

function isSecure(request: Request, { publicUrl }: BindDeps): boolean {
  return request.secure || (publicUrl?.startsWith('https:') ?? false);
}

function addressOf(request: Request): string {
  return request.ip ?? 'unknown';
}

function hasCookie(request: Request, { cookieNames }: BindDeps): boolean {
  const cookies = request.get('cookie') ?? '';
  return cookies.includes(`${cookieNames.plain}=`);
}
