import { createServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import type { Pool } from 'pg';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Ack, Heard, Presence, RoomEvents, RoomSignals } from '../../core/contract/socket.ts';
import type { Envelope } from '../../core/domain/events.ts';
import { OrgId } from '../../core/domain/ids.ts';
import { createCuts } from '../bus/cuts.ts';
import { createMemoryBus } from '../bus/memory.ts';
import { createSignals } from '../bus/signals.ts';
import { createRoomLog } from '../db/room-log.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { PresenceStore } from '../ports/presence.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { SignIns } from '../ports/sign-ins.ts';
import { createRealtime } from '../realtime/gateway.ts';
import { createRooms } from '../rooms/actor.ts';
import { createFeed } from '../rooms/feed.ts';
import {
  fakeTexts,
  realClock,
  realIds,
  silentLog,
  testMarkOf,
  type Person,
  type TestSession,
} from './room-fixtures.ts';
import { until } from './until.ts';

/** The only page that a stand knows. */
export const ORIGIN = 'http://room.test';

const ORG = OrgId.parse('00000000-0000-4000-8000-000000000001');

/**
 * The room engine and its socket door on a free port, as one process has them, on a real database.
 * A cookie is `who=<personId>`, and the sign-in has the person's id as its own. Admins are of the organisation.
 */
export async function startStand(
  pool: Pool,
  {
    bus = createMemoryBus(),
    presence = null,
    whileReading = async () => undefined,
    log = silentLog,
    admins = new Set(),
  }: {
    bus?: Bus;
    presence?: PresenceStore | null;
    whileReading?: () => Promise<void>;
    log?: Log;
    admins?: ReadonlySet<string>;
  } = {},
) {
  const revoked = new Set<string>();
  const clients: Socket[] = [];
  const server = createServer();
  const connections = new Set<NetSocket>();
  server.on('connection', (connection: NetSocket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  const roomLog = createRoomLog({ pool, texts: fakeTexts, ids: realIds });
  const cuts = await createCuts(bus, silentLog);
  const feed = await createFeed({ roomLog, bus, log: silentLog });
  const rooms = createRooms({ roomLog, feed, clock: realClock, log: silentLog, markOf: testMarkOf });
  const eventsAfter: typeof rooms.eventsAfter = async (...asked) => {
    const events = await rooms.eventsAfter(...asked);
    await whileReading();
    return events;
  };
  const signals = await createSignals(bus, silentLog);
  const realtime = await createRealtime({
    httpServer: server,
    rooms: { ...rooms, eventsAfter },
    feed,
    signIns: fakeSignIns(revoked, admins),
    seats: { find: (sessionId, personId) => findSeat(pool, sessionId, personId) },
    // Only asked for people with an office, who are of the one organisation that is here.
    sessions: { orgOf: async () => ORG } as unknown as SessionStore,
    bus,
    cuts,
    presence,
    signals,
    allowOrigin: (origin) => origin === ORIGIN,
    log,
    recheckMs: 50,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connect = (personId: string) => {
    const client = createClient(url, personId);
    clients.push(client.socket);
    return client;
  };
  return {
    url,
    rooms,
    cuts,
    signals,
    realtime,
    revoked,
    /** What the fullest queue of a connection holds, in bytes. */
    queued: () => Math.max(0, ...[...connections].map(({ writableLength }) => writableLength)),
    connect,
    connected: async (person: Person) => {
      const client = connect(person.personId);
      await until('connected', () => client.socket.connected);
      return client;
    },
    stop: async () => {
      for (const client of clients) client.disconnect();
      await realtime.close();
      await feed.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Stand = Awaited<ReturnType<typeof startStand>>;

/** How a server answers a bare WebSocket handshake: 101, or the status of its refusal. */
export async function handshake(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(engineUrl(url), { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}

/** A WebSocket to Socket.io's address that knows nothing of Socket.io, once it is open. */
export async function openRaw(url: string, personId: string): Promise<WebSocket> {
  const socket = new WebSocket(engineUrl(url), { headers: { origin: ORIGIN, cookie: `who=${personId}` } });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}

/** Sends one raw frame behind a proper opening, and waits until the server has taken or ended it. */
export async function sendRaw(
  url: string,
  { personId, frame }: { personId: string; frame: string | Buffer },
): Promise<void> {
  const socket = new WebSocket(engineUrl(url), { headers: { origin: ORIGIN, cookie: `who=${personId}` } });
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => {
      socket.send('40');
      socket.send(frame);
      socket.send('42["end"]', () => resolve());
    });
    socket.once('error', reject);
  });
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.close();
  });
}

/** A browser: its connection, and what it heard. */
function createClient(url: string, personId: string) {
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { origin: ORIGIN, cookie: `who=${personId}` },
    reconnectionDelay: 20,
    forceNew: true,
  });
  const heard: Envelope[] = [];
  const cut: unknown[] = [];
  let presence: Presence | undefined;
  socket.on('room:events', ({ events }: RoomEvents) => heard.push(...events));
  socket.on('room:cut', (message: unknown) => cut.push(message));
  const signalled: RoomSignals[] = [];
  socket.on('room:presence', (message: Presence) => (presence = message));
  socket.on('room:signals', (message: RoomSignals) => signalled.push(message));
  return {
    socket,
    heard,
    signalled,
    cut,
    presence: () => presence,
    hear: (session: Pick<TestSession, 'sessionId'>, after: number): Promise<Ack<Heard>> =>
      socket.timeout(5_000).emitWithAck('room:hear', { sessionId: session.sessionId, after }),
  };
}

function fakeSignIns(revoked: ReadonlySet<string>, admins: ReadonlySet<string>): SignIns {
  return {
    find: async (cookie) => {
      const personId = cookie?.match(/who=([0-9a-f-]+)/)?.[1];
      if (personId === undefined || revoked.has(personId)) return null;
      const office = admins.has(personId)
        ? { office: 'admin' as const, orgId: ORG }
        : { office: null, orgId: null };
      return { name: '', isGuest: false, ...office, personId: personId as never, signInId: personId };
    },
    stillGood: async (ids) => new Set(ids.filter((id) => !revoked.has(id))),
  };
}

async function findSeat(pool: Pool, sessionId: string, personId: string) {
  const { rows } = await pool.query('select id from participant where session_id = $1 and person_id = $2', [
    sessionId,
    personId,
  ]);
  return rows[0]?.id ?? null;
}

function engineUrl(url: string): string {
  return `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
}
