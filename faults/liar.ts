import { randomUUID } from 'node:crypto';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** How a server lies. It stands in front of a true one, so that the checker can be seen to find it out. */
export type Lie = 'drops every 50th write' | 'applies retries twice';

/** A server that breaks its promises, for the checker alone. */
export type Liar = { readonly url: string; readonly lies: () => number; readonly close: () => Promise<void> };

const EVERY = 50;
/** Of the one that applies retries twice: every so many answers are lost, so that people try again. */
const LOST_EVERY = 10;

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export async function startLiar(trueUrl: string, lie: Lie): Promise<Liar> {
  let writes = 0;
  let lies = 0;
  const seen = new Set<string>();
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const asked = { method, path, headers, body: await text(incoming) };
    if (!isDeed(asked)) return pass(trueUrl, asked, outgoing);
    writes += 1;
    if (lie === 'drops every 50th write') {
      if (writes % EVERY !== 0) return pass(trueUrl, asked, outgoing);
      lies += 1;
      return outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"events":[]}');
    }
    const key = String(headers['idempotency-key']);
    if (seen.has(key)) {
      lies += 1;
      return pass(trueUrl, disguised(asked), outgoing);
    }
    seen.add(key);
    if (writes % LOST_EVERY !== 0) return pass(trueUrl, asked, outgoing);
    await forward(trueUrl, asked);
    incoming.socket.destroy();
  };
  const server = createServer((incoming, outgoing) => {
    // A server that breaks off is a server that breaks off: whoever asked tries again.
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.on('upgrade', (incoming, near, head) => {
    const far = connect({ host: '127.0.0.1', port: Number(new URL(trueUrl).port) }, () => {
      const { method, url, rawHeaders } = incoming;
      const lines = rawHeaders.flatMap((name, n) =>
        n % 2 === 0 ? [`${name}: ${overThere(trueUrl, name, rawHeaders[n + 1] ?? '')}`] : [],
      );
      far.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      near.pipe(far).pipe(near);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    lies: () => lies,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isDeed({ method, path }: Asked): boolean {
  return /^(POST|PUT)$/.test(method) && /\/(views|ballot|floor\/requests)$/.test(path);
}

/** The same deed as if it were another: another key, and for a view another id. */
function disguised(asked: Asked): Asked {
  const body = JSON.parse(asked.body) as Record<string, unknown>; // reason: our own client's JSON
  const changed = typeof body['id'] === 'string' ? { ...body, id: randomUUID() } : body;
  return {
    ...asked,
    headers: { ...asked.headers, 'idempotency-key': randomUUID() },
    body: JSON.stringify(changed),
  };
}

async function pass(url: string, asked: Asked, outgoing: ServerResponse): Promise<void> {
  const { status, headers, body } = await forward(url, asked);
  outgoing.writeHead(status, headers).end(body);
}

/** Asks the true server, which believes that it was asked directly. */
function forward(url: string, { method, path, headers, body }: Asked) {
  const { 'content-length': _, 'accept-encoding': __, connection: ___, ...rest } = headers;
  const there: Record<string, string | number> = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, overThere(url, name, String(value))]),
  );
  if (method !== 'GET') there['content-length'] = Buffer.byteLength(body);
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>(
    (resolve, reject) => {
      const asking = ask(url + path, { method, headers: there, agent: false }, (response) => {
        text(response).then(
          (body) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body }),
          reject,
        );
      });
      asking.on('error', reject);
      asking.end(method === 'GET' ? undefined : body);
    },
  );
}

function overThere(url: string, name: string, value: string): string {
  if (name.toLowerCase() === 'host') return new URL(url).host;
  return name.toLowerCase() === 'origin' ? new URL(url).origin : value;
}
