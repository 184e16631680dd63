import { ErrorBody } from '../../core/contract/errors.ts';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../../core/contract/route.ts';
import { ask, forgetEarly, takeEarly, type Heard } from './early.ts';
import { ApiError } from './errors.ts';

/** How long the server may be silent, before its answer or in the middle of it, until we call it unreachable. */
const SILENCE_MS = 15_000;

type Empty = Record<string, never>;
// In brackets: a choice of bodies is one body, not a choice of parts.
type Part<Name extends string, Value> = [Value] extends [Empty]
  ? { readonly [K in Name]?: Value }
  : { readonly [K in Name]: Value };

/** What a route needs; parts that the route leaves empty may be left out. key: for commands of a room. */
export type Call<R extends Route> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  Part<'body', BodyOf<R>> & {
    readonly key?: string;
    readonly signal?: AbortSignal;
  };

/** A call as it goes out, whatever its route. */
type Parts = {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Names the reply that is had already. */
  readonly tag?: string;
};

/** What was heard, to its last letter. */
type Answer = Heard & { readonly text: string };

/**
 * Knocks at a door of the API. Throws ApiError: the server's reason, or OFFLINE when it could not be reached.
 * An idempotent route without a key gets a new one, so it is safe against a doubled send but not across calls.
 */
export async function call<R extends Route>(route: R, input: Call<R>): Promise<ReplyOf<R>> {
  return readAnswer(route, await send(route, input));
}

/** A reply, the server's name for it, and when, by this device's clock, the server spoke. */
export type Tagged<T> = {
  readonly reply: T;
  readonly tag: string | null;
  readonly askedAt: number;
  readonly spokenAt: number;
};

/** As call, for a reply that may be had already: null when it is still the one of this tag. */
export async function callUnlessKnown<R extends Route>(
  route: R,
  input: Call<R>,
  tag: string | null,
): Promise<Tagged<ReplyOf<R>> | null> {
  const answer = await send(route, { ...input, ...(tag === null ? {} : { tag }) });
  const { response, askedAt, spokenAt } = answer;
  if (response.status === 304) return null;
  return { reply: readAnswer(route, answer), tag: response.headers.get('ETag'), askedAt, spokenAt };
}

/** What an answer that was read to its end says. Throws ApiError: the server's reason, or that there is none. */
export function readAnswer<R extends Route>(
  route: R,
  { response, text }: Pick<Answer, 'response' | 'text'>,
): ReplyOf<R> {
  const content = parseJson(response, text);
  if (!response.ok) throw errorFrom(response, content);
  const reply = route.reply.safeParse(content);
  // A server newer than this page answers in a shape we do not know: better said than half understood.
  if (!reply.success)
    throw new ApiError('CLIENT_OUTDATED', { message: `${route.path}: unreadable reply`, cause: reply.error });
  // -- reason: Route<…> widens the schema's output to unknown; ReplyOf<R> is that very schema's type.
  return reply.data as ReplyOf<R>;
}

/** A random UUID; crypto.randomUUID is missing in old browsers and on plain http. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

async function send(route: Route, input: Parts): Promise<Answer> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  let timer = setTimeout(stop, SILENCE_MS);
  const stillThere = () => {
    clearTimeout(timer);
    timer = setTimeout(stop, SILENCE_MS);
  };
  input.signal?.addEventListener('abort', stop);
  const ended = untilAborted(abort.signal);
  try {
    const heard = knock(route, input, abort.signal);
    return await Promise.race([heard.then((answer) => readWhole(answer, stillThere)), ended]);
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  } finally {
    clearTimeout(timer);
    input.signal?.removeEventListener('abort', stop);
  }
}

function knock(route: Route, input: Parts, signal: AbortSignal): Promise<Heard> {
  const { method } = route;
  const address = addressOf(route, input);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (route.isIdempotent) headers['Idempotency-Key'] = input.key ?? newId();
  if (input.tag !== undefined) headers['If-None-Match'] = input.tag;
  if (method !== 'GET') {
    forgetEarly();
    headers['Content-Type'] = 'application/json';
    return ask(address, { method, headers, signal, body: JSON.stringify(input.body ?? {}) });
  }
  const early = takeEarly(address);
  if (early === undefined) return ask(address, { method, headers, signal });
  signal.addEventListener('abort', early.drop);
  return early.heard;
}

/** Reads an answer to its end. Each piece of it is a sign of life. */
async function readWhole({ response, askedAt, spokenAt }: Heard, stillThere: () => void): Promise<Answer> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    stillThere();
    const piece = await reader?.read();
    if (piece === undefined || piece.done)
      return { response, askedAt, spokenAt, text: text + decoder.decode() };
    text += decoder.decode(piece.value, { stream: true });
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

function addressOf(route: Route, input: Parts): string {
  const params = recordOf(input.params);
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const query = new URLSearchParams(recordOf(input.query)).toString();
  return query === '' ? path : `${path}?${query}`;
}

function recordOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, String(inner)]));
}

function parseJson(response: Response, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // A proxy's page instead of our answer: nobody of ours spoke.
    throw new ApiError(response.ok || response.status >= 502 ? 'OFFLINE' : 'UNEXPECTED', { cause });
  }
}

function errorFrom(response: Response, content: unknown): ApiError {
  const body = ErrorBody.safeParse(content);
  if (!body.success)
    return new ApiError(response.status >= 502 ? 'OFFLINE' : 'UNEXPECTED', { cause: body.error });
  const { reason, details, requestId, message } = body.data;
  return new ApiError(reason, { details, requestId, message });
}
