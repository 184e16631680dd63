import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountRoutes } from '../core/contract/accounts.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { type DocumentId, LinkId, ParticipantId, PersonId, type SessionId } from '../core/domain/ids.ts';
import { SessionPlan } from '../core/domain/sessions.ts';
import { DEMO_ADMIN, DEMO_OFFICE_STUDIO, DEMO_PASSWORD } from '../prisma/seed/demo.ts';
import { openBrowser, type Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { freePort } from '../server/testing/free-port.ts';

const METRICS_TOKEN = 'bench-token-of-sixteen-or-more';
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

/** The product as it is shipped: one real process over its own PostgreSQL, in a folder that goes away. */
export async function openHall() {
  const folder = await mkdtemp(join(tmpdir(), 'shangliang-bench-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: new URL(url).port,
      DATA_DIR: folder,
      DATABASE_URL: '',
      REDIS_URL: '',
      DEMO: 'true',
      LOG_LEVEL: 'error',
      METRICS_TOKEN,
    },
  });
  const close = async () => {
    await ended(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const admin = openBrowser(url, quiet);
    await admin.call(accountRoutes.signIn, { body: { login: DEMO_ADMIN, password: DEMO_PASSWORD } });
    const writers = await makeWriters(admin, url);
    return {
      meet: (guests: number) => meet({ admin, url, writers }, guests),
      /** CPU seconds that the server's process has used: user and system. */
      cpuSeconds: () => cpuSeconds(url),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
export type Hall = Awaited<ReturnType<typeof openHall>>;

const WRITERS = 20;
type Writer = { readonly personId: PersonId; readonly browser: Browser };

async function makeWriters(admin: Browser, url: string): Promise<readonly Writer[]> {
  const writers: Writer[] = [];
  for (let n = 0; n <= WRITERS; n += 1) {
    const personId = PersonId.parse(randomUUID());
    const [login, password] = [`bench-${n}`, randomUUID()];
    const body = { personId, login, password, name: `委员${n}`, affiliation: '' };
    await admin.call(sessionRoutes.createAccount, { body });
    const browser = openBrowser(url, quiet);
    await browser.call(accountRoutes.signIn, { body: { login, password } });
    writers.push({ personId, browser });
  }
  return writers;
}

async function meet(
  { admin, url, writers }: { admin: Browser; url: string; writers: readonly Writer[] },
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
  const token = new URL(link.url, url).hash.slice(1);
  const join = async (): Promise<Guest> => {
    const browser = openBrowser(url, quiet);
    const { participantId } = await browser.call(accountRoutes.join, {
      body: { token, key: randomUUID(), consent: true, name: '', venueId: null },
    });
    return { participantId, browser };
  };
  const guests = await Promise.all(Array.from({ length: count }, join));
  const [chair, ...members] = writers.map(({ browser }, n) => ({ browser, participantId: roll[n]?.id }));
  if (chair === undefined) throw new Error('no chair');
  await command(chair.browser, plan.id, { type: 'enterRoom' }, randomUUID());
  await command(chair.browser, plan.id, { type: 'openSession' }, randomUUID());
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

async function cpuSeconds(url: string): Promise<number> {
  const reply = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  const figures = await reply.text();
  const found = /^process_cpu_seconds_total (\S+)/m.exec(figures)?.[1];
  if (found === undefined) throw new Error('the server tells no CPU time');
  return Number(found);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
}
