import { createHash, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { Browser } from './test-server.ts';

/** Sends a file through a door; what came back, and the id that it was sent under. */
export async function sendFile(
  one: Browser,
  asked: { readonly url: string; readonly path: string; readonly bytes: Uint8Array; readonly id?: string },
) {
  const { url, path, bytes, id = randomUUID() } = asked;
  const response = await fetch(`${url}${path}/${id}`, {
    method: 'PUT',
    headers: { cookie: one.cookie() ?? '', origin: url, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return { id, status: response.status, body: await response.json() };
}

/** A file as a door gives it out, byte for byte. */
export async function takeFile(one: Browser, address: string, headers: Record<string, string> = {}) {
  const response = await fetch(address, { headers: { cookie: one.cookie() ?? '', ...headers } });
  const bytes = Buffer.from(await response.arrayBuffer());
  const json = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    reason: json ? JSON.parse(bytes.toString()).reason : null,
  };
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Begins to send a file of a stated length, sends a part of it, and pulls the plug. */
export async function cutSending(
  one: Browser,
  asked: { readonly url: string; readonly path: string; readonly length: number; readonly part: Uint8Array },
): Promise<void> {
  const { hostname, port, origin } = new URL(asked.url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  const head = [
    `PUT ${asked.path} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Origin: ${origin}`,
    `Cookie: ${one.cookie() ?? ''}`,
    'Content-Type: application/octet-stream',
    `Content-Length: ${asked.length}`,
    '',
    '',
  ];
  socket.write(head.join('\r\n'));
  await new Promise<void>((resolve, reject) =>
    socket.write(asked.part, (error) => (error ? reject(error) : resolve())),
  );
  socket.destroy();
  await once(socket, 'close');
}
