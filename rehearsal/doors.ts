import { setTimeout as wait } from 'node:timers/promises';
import { ErrorBody } from '../core/contract/errors.ts';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../core/contract/route.ts';

/** A door said no, for good. */
export class Refused extends Error {
  readonly error: ErrorBody;

  constructor(error: ErrorBody) {
    super(`${error.code} ${error.reason}: ${error.message}`);
    this.name = 'Refused';
    this.error = error;
  }
}

/** Nobody answers at the address. */
export class Away extends Error {
  constructor(url: string, cause: unknown) {
    super(`no server answers at ${url}`, { cause });
    this.name = 'Away';
  }
}

/** One browser's way to the server: its cookie, and how it knocks. */
export type Browser = {
  readonly url: string;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly call: <R extends Route>(route: R, input: Input<R>) => Promise<ReplyOf<R>>;
};

type Input<R extends Route> = {
  readonly params?: ParamsOf<R>;
  readonly query?: QueryOf<R>;
  readonly body?: BodyOf<R>;
  /** Idempotency key: the same key again is the same command. */
  readonly key?: string;
};

/** How long somebody keeps trying while the server is away or asks for patience. */
const PATIENCE_MS = 90_000;

/** Opens a browser without a cookie. told hears what the person would see while waiting. */
export function openBrowser(url: string, told: (note: string) => void): Browser {
  let cookie: string | null = null;
  const headers = () => ({ origin: url, ...(cookie === null ? {} : { cookie }) });
  const knock = async (route: Route, input: Input<Route>): Promise<unknown> => {
    const response = await fetch(addressOf(url, route, input), {
      method: route.method,
      headers: {
        ...headers(),
        ...(route.method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(input.key === undefined ? {} : { 'idempotency-key': input.key }),
      },
      ...(route.method === 'GET' ? {} : { body: JSON.stringify(input.body ?? {}) }),
    });
    const [given] = response.headers.getSetCookie();
    if (given !== undefined) cookie = given.split(';')[0] ?? null;
    const reply: unknown = await response.json();
    if (response.ok) return reply;
    throw new Refused(ErrorBody.parse(reply));
  };
  return {
    url,
    headers,
    call: async (route, input) => {
      const reply = await patiently(url, told, () => knock(route, input));
      // The reply's shape is the server's promise: what breaks it is a failure, never a guess.
      return route.reply.parse(reply) as ReplyOf<typeof route>;
    },
  };
}

/** Tries again with the same request while the server is away or asks for patience. */
async function patiently(
  url: string,
  told: (note: string) => void,
  knock: () => Promise<unknown>,
): Promise<unknown> {
  const started = Date.now();
  for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await knock();
    } catch (error) {
      const delay = retryDelay(error, pause);
      if (delay === null) throw error;
      if (Date.now() - started + delay > PATIENCE_MS)
        throw error instanceof Refused ? error : new Away(url, error);
      if (delay > 1_000) told(`waiting ${Math.ceil(delay / 1_000)} s: ${String(error)}`);
      await wait(delay);
    }
  }
}

function retryDelay(error: unknown, pause: number): number | null {
  if (!(error instanceof Refused)) return error instanceof TypeError ? pause : null;
  const { code, details } = error.error;
  if (code !== 'RATE_LIMITED' && code !== 'UNAVAILABLE') return null;
  const asked = details['retryAfterMs'];
  return typeof asked === 'number' ? Math.max(asked, 50) : pause;
}

function addressOf(url: string, route: Route, input: Input<Route>): string {
  const params = new Map(Object.entries(input.params ?? {}));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params.get(name))),
  );
  const query = new URLSearchParams(
    Object.entries(input.query ?? {}).map(([name, value]) => [name, String(value)]),
  ).toString();
  return `${url}${path}${query === '' ? '' : `?${query}`}`;
}
