import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Ack, Heard, RoomEvents } from '../core/contract/socket.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { within } from '../rehearsal/within.ts';
import type { Guest } from './hall.ts';

/** Somebody who listens: what numbers came, when, and whether every one came once and in order. */
export type Listener = {
  readonly reached: (number: number) => Promise<void>;
  /** Time (performance.now) at which each number came. */
  readonly times: ReadonlyMap<number, number>;
  readonly close: () => void;
};

const DEADLINE_MS = 60_000;

function ledger(first: number) {
  const times = new Map<number, number>();
  const waiting = new Map<number, () => void>();
  let last = first;
  let fault: Error | null = null;
  return {
    times,
    hear: (number: number) => {
      if (number !== last + 1) fault ??= new Error(`heard ${number} after ${last}`);
      last = number;
      times.set(number, performance.now());
      waiting.get(number)?.();
    },
    reached: (number: number) =>
      within(
        DEADLINE_MS,
        `for ${number}, at ${last}`,
        new Promise<void>((resolve) => {
          waiting.set(number, resolve);
          if (last >= number) resolve();
        }),
      ).then(() => (fault === null ? undefined : Promise.reject(fault))),
  };
}

/** Hears a session of ours by seq, behind an event that is known. */
export async function hearRoom({ browser }: Guest, sessionId: SessionId, after: number): Promise<Listener> {
  const book = ledger(after);
  const socket = io(browser.url, {
    transports: ['websocket'],
    extraHeaders: browser.headers(),
    forceNew: true,
  });
  socket.on('room:events', ({ events }: RoomEvents) => {
    for (const { seq } of events) book.hear(seq);
  });
  await within(
    DEADLINE_MS,
    'to hear the room',
    new Promise<void>((resolve, reject) => {
      socket.once('connect_error', reject);
      socket.once('connect', () =>
        socket.emit('room:hear', { sessionId, after }, (ack: Ack<Heard>) =>
          ack.ok ? resolve() : reject(new Error(ack.error.reason)),
        ),
      );
    }),
  );
  return { ...book, close: () => socket.disconnect() };
}

/** Hears the bare Socket.io peer. */
export async function hearSocketIo(port: number): Promise<Listener> {
  const book = ledger(0);
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
  socket.on('room:events', ({ seq }: { seq: number }) => book.hear(seq));
  await within(
    DEADLINE_MS,
    'for the peer',
    new Promise((resolve) => socket.once('connect', () => resolve(null))),
  );
  return { ...book, close: () => socket.disconnect() };
}

/** Hears the bare ws peer. */
export async function hearWs(port: number): Promise<Listener> {
  const book = ledger(0);
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  socket.on('message', (frame: Buffer) => {
    const { seq } = JSON.parse(frame.toString('utf8')) as { seq: number };
    book.hear(seq);
  });
  await within(DEADLINE_MS, 'for the peer', new Promise((resolve) => socket.once('open', resolve)));
  return { ...book, close: () => socket.close() };
}
