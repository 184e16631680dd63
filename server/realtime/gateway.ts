import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { DOORS } from '../../core/contract/limits.ts';
import { Hear, Unhear, type ServerMessages } from '../../core/contract/socket.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { AUDIENCES } from '../../core/domain/room/audiences.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { Cuts } from '../ports/cuts.ts';
import type { PresenceStore } from '../ports/presence.ts';
import type { RoomFeed } from '../ports/room-feed.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { SignIns } from '../ports/sign-ins.ts';
import type { Signals } from '../ports/signals.ts';
import { createBackPressure } from './back-pressure.ts';
import { spreadOf } from '../spread.ts';
import { createConnections, type Connection, type Connections } from './connections.ts';
import { handle, refuseUnknown, type HandleTools } from './handle.ts';
import { createHandshake } from './handshake.ts';
import { channelOf } from './halls.ts';
import { createHearings, type Hearings } from './hearing.ts';
import { createPresence } from './presence.ts';
import { createLines } from './lines.ts';
import { createSignalBoard } from './signals.ts';
import { createTelling, type Telling } from './telling.ts';
import { createTurns } from './turns.ts';

export type RealtimePorts = {
  readonly httpServer: HttpServer;
  readonly rooms: Rooms;
  readonly feed: RoomFeed;
  readonly signIns: SignIns;
  readonly seats: Seats;
  readonly sessions: SessionStore;
  readonly bus: Bus;
  readonly cuts: Cuts;
  /** Who is connected elsewhere; null when this is the only process. */
  readonly presence: PresenceStore | null;
  readonly signals: Signals;
  readonly allowOrigin: (origin: string, host: string | undefined) => boolean;
  readonly log: Log;
  /** How often every sign-in is asked again, in milliseconds. */
  readonly recheckMs?: number;
};

export type Realtime = {
  /** Connected sockets of this process. */
  readonly count: () => number;
  /** Lines that are open here, whether or not they hear anything. */
  readonly lines: () => number;
  /** Asks everybody to move over, spread over time, to another process or to this one after its restart; ends whoever stayed. */
  readonly close: () => Promise<void>;
};

const MOST_PER_PERSON = 10;
/** How long a line may be open before it says that it wants to hear: on a slow one both ways take more than a second. */
const CONNECT_MS = 4_000;
/** How long whoever was asked to move over may take beyond the spread. */
const LEAVE_MS = 500;

/**
 * The Socket.io door: facts come down, in seq order; what comes up asks to hear and changes nothing (law 4).
 * Attach after the HTTP application, and before listening.
 */
export async function createRealtime(ports: RealtimePorts): Promise<Realtime> {
  const { httpServer, log, bus } = ports;
  const handshake = createHandshake({ ...ports, mostPerPerson: MOST_PER_PERSON });
  // A connection that dies while its handshake is judged has no other listener, and would end the process.
  httpServer.prependListener('upgrade', (_request, socket) => socket.on('error', () => undefined));
  const io = createServer(httpServer, handshake.allowRequest);
  const telling = createTelling(io);
  const lines = createLines(io.engine);
  const connections = createConnections({ ...ports, tell: telling.one, letGo: lines.letGo });
  const wires = {
    tell: (channel: string, packet: Parameters<ServerMessages['room:events']>[0]) =>
      telling.lasting(channel, 'room:events', packet),
    move: (socketId: string, { from, to }: { from: string | null; to: string | null }) => {
      const socket = io.sockets.sockets.get(socketId);
      if (from !== null && from !== to) void socket?.leave(from);
      if (to !== null) void socket?.join(to);
    },
    cut: connections.cutSocket,
    changed: (sessionId: SessionId) => presence.changed(sessionId),
  };
  const hearings = createHearings({ ...ports, wires });
  const presence = await createPresence({
    bus,
    log,
    store: ports.presence,
    sessions: hearings.sessions,
    here: async (sessionId) => presentIn(hearings, sessionId),
    tell: (message) => telling.passing(channelsOf(message.sessionId), 'room:presence', message),
  });
  const board = createSignalBoard({
    signals: ports.signals,
    sessions: hearings.sessions,
    nowMs: () => performance.now(),
    tell: (message) => telling.passing(channelsOf(message.sessionId), 'room:signals', message),
  });
  const pressure = createBackPressure(lines.all, (ended) =>
    log.warn(ended, 'a socket did not read and was ended'),
  );
  const turns = createTurns(log);
  let isClosing = false;

  io.on('connection', (socket) => {
    const signedIn = isClosing ? null : handshake.personOf(socket.request);
    if (signedIn === null) {
      socket.disconnect(true);
      return;
    }
    const connection = { socket, signedIn, heard: new Set<SessionId>() };
    connections.add(connection);
    socket.on('disconnect', () => {
      // A line without a socket has nothing to say to us, nor we to it.
      lines.letGo(socket.conn);
      const heard = connections.remove(socket.id);
      // Never rejects: leaving only touches memory.
      for (const sessionId of heard) void hearings.unhear(socket.id, sessionId);
    });
    listen({ connection, hearings, connections, presence, telling, lines, tools: turns(signedIn, socket) });
  });

  return {
    count: () => io.sockets.sockets.size,
    lines: lines.count,
    close: async () => {
      isClosing = true;
      await sendAway(io);
      pressure.stop();
      connections.stop();
      board.close();
      await presence.close();
      // Not io.close(), which would close the HTTP server as well. Clients see a lost transport and come back.
      io.engine.close();
      for (const sessionId of hearings.sessions()) await hearings.close(sessionId);
    },
  };
}

function createServer(
  httpServer: HttpServer,
  allowRequest: ReturnType<typeof createHandshake>['allowRequest'],
): Server {
  const io = new Server(httpServer, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    // Upgrades of /collab are not ours to end.
    destroyUpgrade: false,
    maxHttpBufferSize: DOORS.socketBytes,
    connectTimeout: CONNECT_MS,
    // Both ends notice a line that died in silence after the sum of both: within ten seconds a person is told, and
    // everybody else, in every process, that they are away [M6].
    pingInterval: 4_000,
    pingTimeout: 4_000,
    allowRequest,
  });
  // Engine.io would give a line that is known another connection, unasked and uncounted.
  io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
    const isAnother = new URL(request.url ?? '', 'http://localhost').searchParams.has('sid');
    next(isAnother ? new Error('a line has one connection') : undefined);
  });
  return io;
}

/** Everybody still hears the room until they leave at a moment of their own choice. */
async function sendAway(io: Server): Promise<void> {
  const spreadMs = spreadOf(io.sockets.sockets.size);
  io.local.emit('server:stopping' satisfies keyof ServerMessages, { spreadMs });
  const deadline = performance.now() + spreadMs + LEAVE_MS;
  while (io.sockets.sockets.size > 0 && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

type Talk = {
  readonly connection: Connection;
  readonly hearings: Hearings;
  readonly connections: Connections;
  readonly presence: { readonly newest: (sessionId: SessionId) => string | undefined };
  readonly telling: Pick<Telling, 'one'>;
  readonly lines: Pick<ReturnType<typeof createLines>, 'letGo'>;
  readonly tools: HandleTools;
};

/** What a client may say. */
function listen({ connection, hearings, connections, presence, telling, lines, tools }: Talk): void {
  const { socket, signedIn } = connection;
  handle(socket, tools, {
    name: 'room:hear',
    schema: Hear,
    run: async (message, answer) => {
      await connections.guardSignIn(connection);
      await hearings.hear(
        {
          socketId: socket.id,
          signedIn,
          isConnected: () => socket.connected,
          answer,
          tell: (packet) => telling.one(socket, 'room:events', packet),
          letGo: () => lines.letGo(socket.conn),
        },
        message,
      );
      connections.hears(socket.id, message.sessionId);
      if (!socket.connected) await hearings.unhear(socket.id, message.sessionId);
      const newest = presence.newest(message.sessionId);
      if (newest !== undefined) telling.one(socket, 'room:presence', JSON.parse(newest));
    },
  });
  handle(socket, tools, {
    name: 'room:unhear',
    schema: Unhear,
    run: async ({ sessionId }, answer) => {
      connections.unhears(socket.id, sessionId);
      await hearings.unhear(socket.id, sessionId);
      answer(null);
    },
  });
  // Names nobody handles cost their sender points as well.
  socket.onAny((name: unknown, ...args: unknown[]) => {
    if (name === 'room:hear' || name === 'room:unhear') return;
    // A flood of them is ended where it is counted.
    void tools.spend().then(
      () => refuseUnknown(args),
      () => undefined,
    );
  });
}

/** Everybody in a session, whatever they may see. */
function channelsOf(sessionId: SessionId): string[] {
  return AUDIENCES.map((audience) => channelOf(sessionId, audience));
}

async function presentIn(hearings: Hearings, sessionId: SessionId) {
  const hall = await hearings.hallOf(sessionId);
  return (hall?.listeners() ?? []).flatMap(({ participantId, role, venueId }) =>
    participantId === null || role === null || venueId === null ? [] : [{ participantId, role, venueId }],
  );
}
