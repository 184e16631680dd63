import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Express } from 'express';

const SOCKET_PATHS = ['/socket.io/', '/collab/'];

/** Requests that are being answered, and whether theirs are the last ones. */
const underWay = new WeakMap<Server, { readonly answering: Set<ServerResponse>; isEnding: boolean }>();

/** An HTTP server with limits for people who dawdle on purpose. */
export function createHttpServer(app: Express): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      // Who is too slow is looked for this often; by itself Node.js looks every 30 s only.
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  const answering = new Set<ServerResponse>();
  const state = { answering, isEnding: false };
  underWay.set(server, state);
  server.prependListener('request', (_request, response) => {
    if (state.isEnding) response.setHeader('Connection', 'close');
    answering.add(response);
    response.on('close', () => answering.delete(response));
  });
  // Somebody who listens for upgrades must answer all of them, or strangers' connections stay open for ever.
  server.on('upgrade', (request, stream) => {
    if (SOCKET_PATHS.some((path) => request.url?.startsWith(path))) return;
    stream.on('error', () => stream.destroy());
    stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

/** Listens, and answers with the port that it got. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** How long requests may take that are under way when the server stops. */
const LONGEST_MS = 6_000;

/**
 * Takes no new connection and waits for the requests that are under way, also for those that still come over a
 * connection that is open: each answer is the last on its connection, so the next finds another process. Sockets are somebody
 * else's to close.
 */
export async function stopAccepting(server: Server): Promise<void> {
  const state = underWay.get(server);
  server.close();
  if (state !== undefined) state.isEnding = true;
  for (const response of state?.answering ?? [])
    if (!response.headersSent) response.setHeader('Connection', 'close');
  const deadline = Date.now() + LONGEST_MS;
  while ((state?.answering.size ?? 0) > 0 && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  server.closeAllConnections();
}
