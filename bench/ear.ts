import { WebSocket } from 'ws';
import { within } from '../rehearsal/within.ts';

/**
 * A Socket.io client without the library: the load generator runs on the same two cores as what it measures, so it
 * must cost little, and the same for all contenders.
 */
export type Ear = {
  /** Says something and waits for its acknowledgement. */
  readonly ask: (name: string, message: unknown) => Promise<unknown>;
  /**
   * Reads nothing more until it goes on: what comes waits in the kernel, then at the server. Pings are answered unread,
   * so that nobody's heartbeat ends it.
   */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Resolves when the server has closed the socket. */
  readonly closed: Promise<void>;
  readonly close: () => void;
};

const DEADLINE_MS = 60_000;
/** Sooner than any server asks. */
const PONG_MS = 1_000;
// Engine.io: open, ping, pong. Socket.io in Engine.io's message: connect, event, acknowledgement.
const [OPEN, PING, PONG, CONNECT, EVENT, ACK] = ['0', '2', '3', '40', Buffer.from('42'), '43'] as const;

// A hall is told the same bytes: they are read once, also while some of it is a few messages behind.
const kept: { readonly bytes: Buffer; readonly value: unknown }[] = [];
const KEPT = 16;
let next = 0;

/** Connects; told hears every event of the server. */
export async function openEar(
  url: string,
  headers: Readonly<Record<string, string>>,
  told: (event: unknown) => void,
): Promise<Ear> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers,
    perMessageDeflate: false,
  });
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  let pongs: NodeJS.Timeout | undefined;
  let connected: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const gone = closed.then(() => Promise.reject(new Error('the server closed the socket')));
  // Who waits for something hears of it.
  gone.catch(() => undefined);
  const connecting = new Promise<void>((resolve, reject) => {
    connected = resolve;
    socket.once('error', reject);
  });
  socket.on('message', (data: Buffer) => {
    if (data.subarray(0, EVENT.length).equals(EVENT)) {
      told(parseTold(data, EVENT.length));
      return;
    }
    const text = data.toString();
    if (text.startsWith(ACK)) {
      const from = text.indexOf('[');
      const id = Number(text.slice(ACK.length, from));
      waiting.get(id)?.(JSON.parse(text.slice(from))[0]);
      waiting.delete(id);
    } else if (text === PING) socket.send(PONG);
    else if (text.startsWith(CONNECT)) connected();
    else if (text.startsWith(OPEN)) socket.send(CONNECT);
  });
  await within(DEADLINE_MS, 'for a socket', Promise.race([connecting, gone]));
  return {
    ask: async (name, message) => {
      const id = asked++;
      const answer = new Promise((resolve) => waiting.set(id, resolve));
      socket.send(`${EVENT.toString()}${id}${JSON.stringify([name, message])}`);
      return await within(DEADLINE_MS, `for an answer to ${name}`, Promise.race([answer, gone]));
    },
    pause: () => {
      socket.pause();
      pongs = setInterval(() => {
        if (socket.readyState === WebSocket.OPEN) socket.send(PONG);
      }, PONG_MS);
    },
    resume: () => {
      clearInterval(pongs);
      socket.resume();
    },
    closed,
    close: () => {
      clearInterval(pongs);
      socket.close();
    },
  };
}

/** JSON behind the first bytes of what many are told. Whoever gets the same bytes gets the same value. */
export function parseTold(bytes: Buffer, from: number): unknown {
  for (const known of kept) if (known.bytes.equals(bytes)) return known.value;
  const value: unknown = JSON.parse(bytes.toString('utf8', from));
  kept[next] = { bytes, value };
  next = (next + 1) % KEPT;
  return value;
}
