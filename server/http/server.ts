import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Express } from 'express';

const SOCKET_PATHS = ['/socket.io/', '/collab/'];

type UnderWay = {
  readonly answering: Set<ServerResponse>;
  /** Those that are kept for a next request, and those of the requests that are being answered. */
  readonly connections: Set<Socket>;
  /** Whether every answer is the last on its connection. */
  isEnding: boolean;
};
const underWay = new WeakMap<Server, UnderWay>();

/** An HTTP server with limits for people who dawdle on purpose. */
export function createHttpServer(app: Express): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      // As long as a file may take on a slow line; what is no file is waited for in body.ts, and not as long.
      requestTimeout: 180_000,
      // Who is too slow is looked for this often; by itself Node.js looks every 30 s only.
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  const answering = new Set<ServerResponse>();
  const connections = new Set<Socket>();
  const state: UnderWay = { answering, connections, isEnding: false };
  underWay.set(server, state);
  // One for all: thousands of connections are open at once.
  function forget(this: Socket): void {
    connections.delete(this);
  }
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', forget);
  });
  server.prependListener('request', (request, response) => {
    if (state.isEnding || hasIdleBody(request)) response.setHeader('Connection', 'close');
    answering.add(response);
    response.on('close', () => answering.delete(response));
  });
  // Somebody who listens for upgrades must answer all of them, or strangers' connections stay open for ever.
  server.on('upgrade', (request, stream) => {
    connections.delete(request.socket);
    request.socket.off('close', forget);
    if (SOCKET_PATHS.some((path) => request.url?.startsWith(path))) return;
    stream.on('error', () => stream.destroy());
    stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

/** A body with a question that needs none is read by nobody: its connection is not kept waiting for the rest of it. */
function hasIdleBody({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * So many may knock in one moment, as a whole hall does when a poll is opened or a process comes back: the system refuses
 * whoever does not fit, without a word, and they knock again a second later. By itself Node.js asks for 511. The system may
 * give less (net.core.somaxconn).
 */
const MOST_KNOCKING = 4_096;

/** Listens, and answers with the port that it got. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: MOST_KNOCKING }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** How long requests may take that are under way when the server stops. */
const LONGEST_MS = 6_000;
/** How long a connection with nothing on it stays open for what is on its way to us already. */
const IDLE_MS = 1_000;

/**
 * Takes no new connection and waits for the requests that are under way, also for those that still come over a
 * connection that is open: each answer is the last on its connection, so the next finds another process. Connections
 * with nothing on them are not closed at once: what a proxy had just put on one would be lost, and a proxy may not send
 * a post a second time by itself. Sockets are somebody else's to close.
 */
export async function stopAccepting(server: Server): Promise<void> {
  const state = underWay.get(server);
  if (state === undefined) throw new Error('made by somebody else');
  const { answering, connections } = state;
  state.isEnding = true;
  // An HTTP server's own close would close the connections with nothing on them too.
  NetServer.prototype.close.call(server);
  for (const response of answering) if (!response.headersSent) response.setHeader('Connection', 'close');
  const started = Date.now();
  const longest = () => (answering.size > 0 ? LONGEST_MS : IDLE_MS);
  while (connections.size > 0 && Date.now() < started + longest())
    await new Promise((resolve) => setTimeout(resolve, 20));
  server.closeAllConnections();
}
