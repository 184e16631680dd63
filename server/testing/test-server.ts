import { randomUUID } from 'node:crypto';
import { createMemoryBus } from '../bus/memory.ts';
import { createSignals } from '../bus/signals.ts';
import { createPacker } from '../bundle/packer.ts';
import { createBoxKeys } from '../box/keys.ts';
import { createSigner } from '../box/signer.ts';
import type { Log } from '../log.ts';
import type { Database } from '../db/client.ts';
import { createTextHistory } from '../collab/text-history.ts';
import { createDoor } from '../collab/door.ts';
import { createDocumentLog } from '../db/document-log.ts';
import { createRoomLog } from '../db/room-log.ts';
import { COOKIE } from '../db/sign-ins.ts';
import { createStores } from '../db/stores.ts';
import { createFileMaker } from '../files/maker.ts';
import { createApp } from '../http/app.ts';
import { createMetrics } from '../http/metrics.ts';
import { createRates, type Rates } from '../http/rates.ts';
import { createHttpServer, listen } from '../http/server.ts';
import type { Proxies } from '../proxies.ts';
import type { Cut } from '../ports/sign-ins.ts';
import type { Texts } from '../ports/texts.ts';
import { createRooms } from '../rooms/actor.ts';
import { createFeed } from '../rooms/feed.ts';
import { createPasswords } from '../services/passwords.ts';
import { createServices, type Services } from '../services/services.ts';
import { isOurToken } from '../sign-in-token.ts';
import { fakeTexts, realClock, realIds, silentLog, testMarkOf } from './room-fixtures.ts';

/** The HTTP side over a real database and the real engine, listening on a free port. */
export type TestServer = {
  readonly url: string;
  readonly services: Services;
  /** Everybody who was cut so far. */
  readonly cuts: readonly Cut[];
  readonly setStopping: (value: boolean) => void;
  readonly close: () => Promise<void>;
};

/** What came back. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into replies of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any -- reason: a test names the field it expects, and fails when it is not there
  readonly body: any;
};

/** Options of a test's server; the defaults are those of a demo on loopback. */
export type TestServerOptions = {
  readonly texts?: Texts;
  readonly publicUrl?: string;
  readonly secret?: string;
  readonly metricsToken?: string;
  readonly proxies?: Proxies;
  readonly rates?: Rates;
  readonly boxOrigin?: string;
  /** verify.mjs, where a test has built it. */
  readonly verifier?: Uint8Array;
  /** How long ballots are taken once the host has ended their poll; not at all where it is left out. */
  readonly endingMs?: number;
  readonly log?: Log;
};

export async function testServer(
  db: Pick<Database, 'pool' | 'prisma'>,
  options: TestServerOptions = {},
): Promise<TestServer> {
  const cuts: Cut[] = [];
  let isStopping = false;
  const roomLog = createRoomLog({ pool: db.pool, texts: options.texts ?? fakeTexts, ids: realIds });
  const feed = await createFeed({ roomLog, bus: createMemoryBus(), log: silentLog });
  const rooms = createRooms({ roomLog, feed, clock: realClock, log: silentLog, markOf: testMarkOf });
  const secret = options.secret ?? 'a secret that only tests know about';
  const secureOnly = options.publicUrl?.startsWith('https:') ?? false;
  const { seats, ...stores } = createStores(db, {
    clock: realClock,
    secureOnly,
    isOurs: (token) => isOurToken(secret, token),
  });
  const rates = options.rates ?? createRates(null);
  const maker = createFileMaker();
  const log = options.log ?? silentLog;
  const signer = createSigner();
  const packer = createPacker(options.verifier ?? null);
  const services = createServices({
    stores,
    texts: createDoor({
      documentLog: createDocumentLog(db.pool),
      rooms,
      seats,
      nowMs: () => performance.now(),
    }),
    textHistory: createTextHistory(createDocumentLog(db.pool)),
    seats,
    rooms,
    feed,
    maker,
    passwords: createPasswords(),
    signer,
    boxKeys: createBoxKeys(secret),
    packer,
    boxSettings: { origin: options.boxOrigin ?? null, jitterMs: 0, endingMs: options.endingMs ?? 0 },
    spendBallot: (what, pollId) => rates.spend(what, `poll:${pollId}`),
    failures: rates.throttle('wrong-password', { points: 10, windowSeconds: 900 }),
    guesses: rates.throttle('wrong-link', { points: 20, windowSeconds: 60 }),
    signals: await createSignals(createMemoryBus(), silentLog),
    restSignal: (key) => rates.spend('signal', key),
    cut: (cut) => cuts.push(cut),
    secret,
    clock: realClock,
    ids: realIds,
    log,
  });
  const app = createApp({
    services,
    signIns: stores.signIns,
    rates,
    publicUrl: options.publicUrl,
    cookieNames: COOKIE,
    checksReplies: true,
    health: {
      startedAt: realClock.now(),
      version: '0.0.0-test',
      isStopping: () => isStopping,
      pingDatabase: async () => void (await db.pool.query('select 1')),
    },
    metrics: createMetrics(),
    metricsToken: options.metricsToken,
    proxies: options.proxies ?? 0,
    client: null,
    boxOrigin: options.boxOrigin ?? null,
    log,
  });
  const server = createHttpServer(app);
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${port}`,
    services,
    cuts,
    setStopping: (value) => {
      isStopping = value;
    },
    close: async () => {
      await feed.close();
      await maker.close();
      await signer.close();
      await packer.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser: keeps its cookie, tells its origin, makes a new idempotency key for every command. */
export type Browser = {
  readonly cookie: () => string | undefined;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
};

export function browser(url: string): Browser {
  let cookie: string | undefined;
  const ask = async (
    method: string,
    path: string,
    init: { body?: string; headers: Record<string, string> },
  ) => {
    const response = await fetch(url + path, {
      method,
      ...(init.body === undefined ? {} : { body: init.body }),
      headers: { ...(cookie === undefined ? {} : { cookie }), ...init.headers },
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0]?.endsWith('=') ? undefined : set.split(';')[0];
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    cookie: () => cookie,
    get: (path, headers = {}) => ask('GET', path, { headers }),
    send: (method, path, body, headers = {}) =>
      ask(method, path, {
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        headers: {
          origin: url,
          'idempotency-key': randomUUID(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      }),
  };
}
