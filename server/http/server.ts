import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

const SOCKET_PATHS = ['/socket.io/', '/collab/'];

/** An HTTP server with limits for people who dawdle on purpose. */
export function createHttpServer(app: Express): Server {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    app,
  );
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

/** Takes no new connection and waits for the requests that are under way. Sockets are somebody else's to close. */
export async function stopAccepting(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
  clearInterval(sweep);
}
