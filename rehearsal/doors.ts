import { setTimeout as wait } from 'node:timers/promises';
import { ErrorBody } from '../core/contract/errors.ts';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../core/contract/route.ts';
import { knockAt, Silence } from './knocking.ts';

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

/** Hears every answer and frame that reaches somebody, byte for byte. */
export type Tap = (from: string, bytes: string | Uint8Array) => void;

/** One browser's way to the server: its cookie, and how it knocks. */
export type Browser = {
  /** The door they knock at now. */
  readonly url: string;
  /** Goes to the next door of the same house, if there is another. */
  readonly leave: () => void;
  readonly tap: Tap;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly call: <R extends Route>(route: R, input: Input<R>) => Promise<ReplyOf<R>>;
  /** What call reads, unread: of a thousand answers that say the same one need be read. */
  readonly ask: <R extends Route>(route: R, input: Input<R>) => Promise<Buffer>;
};

type Input<R extends Route> = {
  readonly params?: ParamsOf<R>;
  readonly query?: QueryOf<R>;
  readonly body?: BodyOf<R>;
  /** Idempotency key: the same key again is the same command. */
  readonly key?: string;
};

/** How somebody behaves at a door that does not open at once. */
export type Manners = {
  /** How long they keep trying while the server is away or asks for patience. */
  readonly patienceMs: number;
  /** After how long without a whole answer they knock again. */
  readonly attemptMs: number;
  /** Other doors to the same house: whoever gets no answer at one goes to the next. */
  readonly elsewhere: readonly string[];
  /** Hears of every knock that is tried again. */
  readonly troubled: (error: unknown) => void;
  /** Listens in. */
  readonly tap: Tap;
};
const PATIENT: Manners = {
  patienceMs: 90_000,
  attemptMs: 60_000,
  elsewhere: [],
  troubled: () => undefined,
  tap: () => undefined,
};

/** Opens a browser without a cookie. told hears what the person would see while waiting. */
export function openBrowser(
  home: string,
  told: (note: string) => void,
  wish: Partial<Manners> = {},
): Browser {
  const manners = { ...PATIENT, ...wish };
  const doors = [home, ...manners.elsewhere];
  let at = 0;
  let cookie: string | null = null;
  const here = () => doors[at % doors.length] ?? home;
  const headers = () => ({ origin: here(), ...(cookie === null ? {} : { cookie }) });
  const knock = async (route: Route, input: Input<Route>): Promise<Buffer> => {
    const isRead = route.method === 'GET';
    const {
      status,
      headers: given,
      cookies,
      body,
    } = await knockAt(addressOf(here(), route, input), {
      method: route.method,
      headers: {
        ...headers(),
        ...(isRead ? {} : { 'content-type': 'application/json' }),
        ...(input.key === undefined ? {} : { 'idempotency-key': input.key }),
      },
      body: isRead ? null : JSON.stringify(input.body ?? {}),
      withinMs: manners.attemptMs,
    });
    if (cookies[0] !== undefined) cookie = cookies[0].split(';')[0] ?? null;
    manners.tap(`${route.method} ${route.path} headers`, given);
    manners.tap(`${route.method} ${route.path}`, body);
    if (status < 200 || status > 299) throw refusalOf(here(), status, body);
    return body;
  };
  const ask: Browser['ask'] = (route, input) =>
    patiently({ here, leave, told, manners }, () => knock(route, input));
  const leave = () => {
    at += 1;
  };
  return {
    get url() {
      return here();
    },
    headers,
    leave,
    tap: manners.tap,
    ask,
    call: async (route, input) => {
      const reply = read(await ask(route, input));
      // The reply's shape is the server's promise: what breaks it is a failure, never a guess.
      return route.reply.parse(reply) as ReplyOf<typeof route>;
    },
  };
}

type Knocking = {
  readonly here: () => string;
  readonly leave: () => void;
  readonly told: (note: string) => void;
  readonly manners: Manners;
};

/** Tries again with the same request while the server is away or asks for patience. */
async function patiently(
  { here, leave, told, manners }: Knocking,
  knock: () => Promise<Buffer>,
): Promise<Buffer> {
  const started = Date.now();
  for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await knock();
    } catch (error) {
      const delay = retryDelay(error, pause);
      if (delay === null) throw error;
      if (Date.now() - started + delay > manners.patienceMs)
        throw error instanceof Refused ? error : new Away(here(), error);
      manners.troubled(error);
      if (!(error instanceof Refused) || error.error.code === 'UNAVAILABLE') leave();
      if (delay > 1_000) told(`waiting ${Math.ceil(delay / 1_000)} s: ${String(error)}`);
      await wait(delay);
    }
  }
}

function retryDelay(error: unknown, pause: number): number | null {
  if (!(error instanceof Refused)) return error instanceof Silence ? pause : null;
  const { code, details } = error.error;
  if (code !== 'RATE_LIMITED' && code !== 'UNAVAILABLE') return null;
  const asked = details['retryAfterMs'];
  return typeof asked === 'number' ? Math.max(asked, 50) : pause;
}

/** What is not in the words of our server is not its answer: a proxy in between, or a line that it gave up. */
function refusalOf(url: string, status: number, body: Buffer): Refused | Silence {
  try {
    return new Refused(ErrorBody.parse(read(body)));
  } catch (cause) {
    return new Silence(url, new Error(`${status}, without a word of ours`, { cause }));
  }
}

function read(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}

/** Where a route is at a server. */
export function addressOf(url: string, route: Route, input: Pick<Input<Route>, 'params' | 'query'>): string {
  const params = new Map(Object.entries(input.params ?? {}));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params.get(name))),
  );
  const query = new URLSearchParams(
    Object.entries(input.query ?? {}).map(([name, value]) => [name, String(value)]),
  ).toString();
  return `${url}${path}${query === '' ? '' : `?${query}`}`;
}
