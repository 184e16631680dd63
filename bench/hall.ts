import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountRoutes } from '../core/contract/accounts.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { type DocumentId, LinkId, ParticipantId, PersonId, type SessionId } from '../core/domain/ids.ts';
import { SessionPlan } from '../core/domain/sessions.ts';
import { DEMO_ADMIN, DEMO_OFFICE_STUDIO, DEMO_PASSWORD } from '../prisma/seed/demo.ts';
import { openBrowser, type Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { startEmbeddedPostgres } from '../server/embedded/postgres.ts';
import { testRedis, type TestRedis } from '../server/testing/test-redis.ts';
import { CORES, letGo } from './core.ts';
import { cpuOf, cpuOfPostgres, familyOf, total } from './cpu.ts';
import { startServer, type Server } from './servers.ts';

const quiet = () => undefined;

/** A person in a session of the bench, with their own cookie. */
export type Guest = { readonly participantId: ParticipantId; readonly browser: Browser };
/** An open session with its chair, writers with an account, and residents who came by the link. */
export type Meeting = {
  readonly sessionId: SessionId;
  readonly documentId: DocumentId;
  readonly chair: Browser;
  readonly members: readonly Guest[];
  readonly guests: readonly Guest[];
};

/** CPU seconds used so far, by whom. */
export type HallCpu = { readonly server: number; readonly postgres: number; readonly redis: number };

/** The product as it is shipped: one real process over its own PostgreSQL, in a folder that goes away. */
export async function openHall(env: Readonly<Record<string, string>> = {}) {
  return await hallOf(async (folder) => {
    const server = await startServer({ DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '', ...env });
    return { servers: [server], redis: null, databaseUrl: null, stop: server.stop };
  });
}
export type Hall = Awaited<ReturnType<typeof openHall>>;

/** Two processes of the product over one PostgreSQL and one Redis; people are split between them. */
export async function openHallOfTwo(): Promise<Hall> {
  return await hallOf(async (folder) => {
    const [postgres, redis] = [await startEmbeddedPostgres(folder), await testRedis()];
    const shared = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, SECRET_KEY: randomUUID() };
    const servers: Server[] = [];
    // One after the other: the first makes the tables and the demo.
    for (const name of ['a', 'b'])
      servers.push(await startServer({ DATA_DIR: join(folder, name), ...shared }));
    const stop = async () => {
      for (const server of servers) await server.stop();
      await redis.stop();
      await postgres.stop();
    };
    return { servers, redis, databaseUrl: postgres.url, stop };
  });
}

/** One process that stays on a core, apart from the load; its PostgreSQL runs wherever there is room. */
export async function openHallApart(env: Readonly<Record<string, string>> = {}): Promise<Hall> {
  return await hallOf(async (folder) => {
    const postgres = await startEmbeddedPostgres(folder);
    // Backends are born where the postmaster is; those who write for all of them are there already.
    for (const pid of familyOf(await postmasterIn(folder))) letGo(pid);
    const place = { DATA_DIR: join(folder, 'server'), DATABASE_URL: postgres.url, REDIS_URL: '' };
    const server = await startServer({ ...place, ...env }, CORES.server);
    const stop = async () => {
      await server.stop();
      await postgres.stop();
    };
    return { servers: [server], redis: null, databaseUrl: postgres.url, stop };
  });
}

type Started = {
  readonly servers: readonly Server[];
  readonly redis: TestRedis | null;
  /** Where its PostgreSQL is, if it is not the server's own. */
  readonly databaseUrl: string | null;
  readonly stop: () => Promise<void>;
};

async function hallOf(start: (folder: string) => Promise<Started>) {
  const folder = await mkdtemp(join(tmpdir(), 'shangliang-bench-'));
  const started = await start(folder);
  const close = async () => {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const urls = started.servers.map(({ url }) => url);
    const admin = openBrowser(urls[0] ?? '', quiet);
    await admin.call(accountRoutes.signIn, { body: { login: DEMO_ADMIN, password: DEMO_PASSWORD } });
    const writers = await makeWriters(admin);
    const postmaster = await postmasterIn(folder);
    return {
      meet: (guests: number) => meet({ admin, urls, writers }, guests),
      cpuSeconds: (): HallCpu => ({
        server: total(started.servers.map((server) => cpuOf(server.pid()))),
        postgres: cpuOfPostgres(postmaster),
        redis: started.redis === null ? 0 : cpuOf(started.redis.pid),
      }),
      redis: started.redis,
      servers: started.servers,
      databaseUrl: started.databaseUrl,
      /** How many of its processes have ended by themselves. */
      ended: () => started.servers.filter((server) => server.hasEnded()).length,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function postmasterIn(folder: string): Promise<number> {
  return parseInt(await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

const WRITERS = 20;
type Writer = { readonly personId: PersonId; readonly browser: Browser };

async function makeWriters(admin: Browser): Promise<readonly Writer[]> {
  const writers: Writer[] = [];
  for (let n = 0; n <= WRITERS; n += 1) {
    const personId = PersonId.parse(randomUUID());
    const [login, password] = [`bench-${n}`, randomUUID()];
    const body = { personId, login, password, name: `委员${n}`, affiliation: '' };
    await admin.call(sessionRoutes.createAccount, { body });
    const browser = openBrowser(admin.url, quiet);
    await browser.call(accountRoutes.signIn, { body: { login, password } });
    writers.push({ personId, browser });
  }
  return writers;
}

async function meet(
  { admin, urls, writers }: { admin: Browser; urls: readonly string[]; writers: readonly Writer[] },
  count: number,
): Promise<Meeting> {
  const plan = planOf();
  const roll = writers.map(({ personId }, n) => ({
    id: ParticipantId.parse(randomUUID()),
    role: n === 0 ? ('convener' as const) : ('member' as const),
    name: `委员${n}`,
    affiliation: '',
    venueId: 'main',
    personId,
  }));
  const body = { plan, studioId: DEMO_OFFICE_STUDIO.id, startsAt: null, roll, hostId: null };
  await admin.call(sessionRoutes.planSession, { body, key: randomUUID() });
  const link = await admin.call(sessionRoutes.createLink, {
    params: { sessionId: plan.id },
    body: { id: LinkId.parse(randomUUID()), role: 'resident', venueId: null, maxUses: 5_000 },
  });
  const token = new URL(link.url, admin.url).hash.slice(1);
  const join = async (n: number): Promise<Guest> => {
    const browser = openBrowser(urls[n % urls.length] ?? admin.url, quiet);
    const { participantId } = await browser.call(accountRoutes.join, {
      body: { token, key: randomUUID(), consent: true, name: '', venueId: null },
    });
    return { participantId, browser };
  };
  const guests: Guest[] = [];
  // In groups: a thousand requests at once only wait in each other's way.
  for (let n = 0; n < count; n += 50) {
    const group = Array.from({ length: Math.min(50, count - n) }, (_, index) => join(n + index));
    guests.push(...(await Promise.all(group)));
  }
  const [chair, ...members] = writers.map(({ browser }, n) => ({ browser, participantId: roll[n]?.id }));
  if (chair === undefined) throw new Error('no chair');
  await command(chair.browser, plan.id, { type: 'enterRoom' }, randomUUID());
  await command(chair.browser, plan.id, { type: 'openSession', why: '性能测量' }, randomUUID());
  return {
    sessionId: plan.id,
    documentId: plan.documentId,
    chair: chair.browser,
    members: members.flatMap(({ browser, participantId }) =>
      participantId === undefined ? [] : [{ browser, participantId }],
    ),
    guests,
  };
}

function planOf() {
  return SessionPlan.parse({
    id: randomUUID(),
    title: '性能测量',
    mode: 'online',
    plannedMinutes: 60,
    background: '',
    source: { kind: 'mixed', detail: '', collected: 0 },
    studioName: '',
    documentId: randomUUID(),
    documentTitle: '纪要',
    venues: [{ id: 'main', name: '主会场', kind: 'main' }],
    agenda: [{ id: randomUUID(), title: '互动交流', kind: 'exchange', speakerRole: 'any', minutes: 60 }],
  });
}
