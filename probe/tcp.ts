import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A bare connection to the server. */
export type Line = {
  readonly socket: Socket;
  readonly send: (bytes: string | Uint8Array) => void;
  /** What came so far. */
  readonly heard: () => string;
  readonly isOpen: () => boolean;
  readonly close: () => void;
};

/** Opens a connection that speaks nothing by itself. */
export async function openLine(address: string): Promise<Line> {
  const { protocol, hostname, port } = new URL(address);
  const isTls = protocol === 'https:';
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (isTls ? 443 : 80)) };
  let heard = '';
  let isOpen = true;
  const socket = isTls ? connectTls({ ...to, servername: hostname }) : connectPlain(to);
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  // The other side may end it in the middle of what we say: that is what is tried.
  socket.on('error', () => undefined);
  socket.on('close', () => (isOpen = false));
  await new Promise<void>((resolve) => {
    socket.once(isTls ? 'secureConnect' : 'connect', () => resolve());
    socket.once('close', () => resolve());
  });
  return {
    socket,
    send: (bytes) => {
      if (socket.writable) socket.write(bytes);
    },
    heard: () => heard,
    isOpen: () => isOpen,
    close: () => socket.destroy(),
  };
}

/** Sends bytes and waits until the server has answered or hung up; the status line, 'closed', or 'silence'. */
export async function shout(address: string, bytes: string | Uint8Array, ms = 1_500): Promise<string> {
  const line = await openLine(address);
  line.send(bytes);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    line.socket.once('data', done);
    line.socket.once('close', done);
    if (!line.isOpen()) done();
  });
  const first = line.heard().split('\r\n', 1)[0] ?? '';
  const ended = line.isOpen() ? 'silence' : 'closed';
  line.close();
  return first === '' ? ended : (/^HTTP\/1\.1 (\d+)/.exec(first)?.[1] ?? 'bytes');
}
