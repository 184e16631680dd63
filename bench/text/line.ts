import { request } from 'node:http';
import type { Socket } from 'node:net';
import { within } from '../../rehearsal/within.ts';

/** Where a socket goes, with what a browser would send along. */
export type Address = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

/**
 * A WebSocket without the library: the load generator must cost little, and the same for all contenders. What it hears
 * is only good until it returns.
 */
export type Line = {
  readonly send: (message: Uint8Array) => void;
  readonly close: () => void;
};

const DEADLINE_MS = 60_000;
const FINAL = 0x80;
const MASKED = 0x80;
// Sixteen bytes, as the protocol wants them; nobody checks what they are.
const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';
const OPCODE = { binary: 2, close: 8, ping: 9, pong: 10 } as const;

export async function openLine(
  { url, headers }: Address,
  hear: (message: Uint8Array) => void,
): Promise<Line> {
  const { socket, head } = await within(DEADLINE_MS, 'for a socket', upgrade(url, headers));
  socket.setNoDelay(true);
  // Whoever waits for something at its other end hears of that.
  socket.on('error', () => undefined);
  const send = (opcode: number, message: Uint8Array) => {
    if (!socket.destroyed) socket.write(frameOf(opcode, message));
  };
  const read = createFrameReader((opcode, payload) => {
    if (opcode === OPCODE.binary) hear(payload);
    else if (opcode === OPCODE.ping) send(OPCODE.pong, payload);
    else if (opcode === OPCODE.close) socket.end();
  });
  read(head);
  socket.on('data', read);
  return {
    send: (message) => send(OPCODE.binary, message),
    close: () => socket.destroy(),
  };
}

function upgrade(url: string, headers: Address['headers']): Promise<{ socket: Socket; head: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = request(url.replace(/^ws/, 'http'), {
      headers: {
        ...headers,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': KEY,
      },
    });
    asked.once('upgrade', (_response, socket, head) => resolve({ socket, head }));
    asked.once('response', ({ statusCode }) => reject(new Error(`a socket was refused: ${statusCode}`)));
    asked.once('error', reject);
    asked.end();
  });
}

/** A client masks what it says; with zeros, which leaves it as it is. */
function frameOf(opcode: number, message: Uint8Array): Buffer {
  const size = message.byteLength;
  const lengthBytes = size > 0xffff ? 8 : size > 125 ? 2 : 0;
  const framed = Buffer.alloc(6 + lengthBytes + size);
  framed[0] = FINAL | opcode;
  framed[1] = MASKED | (lengthBytes === 8 ? 127 : lengthBytes === 2 ? 126 : size);
  if (lengthBytes === 2) framed.writeUInt16BE(size, 2);
  if (lengthBytes === 8) framed.writeBigUInt64BE(BigInt(size), 2);
  framed.set(message, 6 + lengthBytes);
  return framed;
}

/** Cuts what comes from a server into frames; servers send whole messages, unmasked. */
export function createFrameReader(
  hear: (opcode: number, payload: Uint8Array) => void,
): (chunk: Buffer) => void {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let wanted = 2;

  /** Where a frame that begins at a place ends, or how many bytes must be there to know. */
  function measure(bytes: Buffer, at: number): { readonly from: number; readonly to: number } {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const from = at + (short === 127 ? 10 : short === 126 ? 4 : 2);
    if (from > bytes.length) return { from, to: from };
    const size =
      short === 127
        ? Number(bytes.readBigUInt64BE(at + 2))
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : short;
    return { from, to: from + size };
  }

  return (chunk) => {
    keptBytes += chunk.length;
    if (kept.length > 0 || keptBytes < wanted) kept.push(chunk);
    if (keptBytes < wanted) return;
    const bytes = kept.length > 0 ? Buffer.concat(kept) : chunk;
    let at = 0;
    wanted = 2;
    while (bytes.length - at >= 2) {
      const { from, to } = measure(bytes, at);
      wanted = to - at;
      if (to > bytes.length) break;
      hear((bytes[at] ?? 0) & 0x0f, bytes.subarray(from, to));
      at = to;
      wanted = 2;
    }
    keptBytes = bytes.length - at;
    kept = keptBytes > 0 ? [bytes.subarray(at)] : [];
  };
}
