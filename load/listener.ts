import { WebSocket } from 'ws';
import type { Ack, Heard as Answer } from '../core/contract/socket.ts';
import type { ParticipantId } from '../core/domain/ids.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { follow, type Heard, type Place } from './follower.ts';
import type { Packet } from './packets.ts';
import type { Picture } from './pictures.ts';
import { CONNECT, PONG, question, type Frame } from './wire.ts';

/** Somebody's ear at a room: a bare socket, and of what was heard only a line of numbers. */
export type Listener = {
  readonly heard: () => Heard;
  readonly isHearing: () => boolean;
  /** Where they hear, or try to. */
  readonly door: () => string;
  /** Resolves when they hear for the first time. */
  readonly begun: Promise<void>;
  /** How often they were cut off and came back. */
  readonly reconnects: () => number;
  readonly close: () => void;
};

export type ListenerTools = {
  /** Doors of one house: whoever is cut off at one comes back at the next. */
  readonly doors: readonly string[];
  readonly read: (bytes: Buffer) => Frame | Packet;
  /** Looks at the snapshot behind which somebody listens. */
  readonly look: (bytes: Buffer, own: ParticipantId) => Picture;
  /** Hears of views as a person would see them. */
  readonly seen: (viewIds: readonly string[]) => void;
  /** From 0 up to 1: people who were cut off together do not come back together. */
  readonly jitter: () => number;
};

const LONGEST_PAUSE_MS = 5_000;
const CONNECT_MS = 10_000;

/** Hears a session behind an event that is known, and comes back whenever it is cut off. */
export function openListener(place: Place, { doors, read, seen, jitter }: ListenerTools): Listener {
  const { browser, sessionId } = place;
  const follower = follow(place, seen);
  let socket: WebSocket | null = null;
  let state: 'away' | 'hearing' | 'closed' = 'away';
  let retry: NodeJS.Timeout | undefined;
  let attempt = Math.max(0, doors.indexOf(browser.url));
  let [failures, reconnects] = [0, 0];
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const isClosed = () => state === 'closed';
  const door = () => doors[attempt % doors.length] ?? browser.url;

  const handleAck = (answer: Ack<Answer>) => {
    if (!answer.ok) {
      socket?.terminate();
      return;
    }
    state = 'hearing';
    failures = 0;
    begin();
    if (answer.value.behind) follower.behind(answer.value.seq);
  };
  const handleClose = () => {
    if (isClosed()) return;
    if (state === 'hearing') reconnects += 1;
    state = 'away';
    attempt += 1;
    failures += 1;
    const pause = Math.min(LONGEST_PAUSE_MS, 200 * 2 ** failures);
    retry = setTimeout(connect, pause * (0.5 + jitter() / 2));
  };
  const connect = () => {
    socket = openLine(door(), browser, {
      read,
      hear: follower.hear,
      ask: () => question('room:hear', { sessionId, after: follower.asking() }),
      answered: handleAck,
      closed: handleClose,
    });
  };
  connect();
  return {
    heard: follower.heard,
    isHearing: () => state === 'hearing',
    door,
    begun,
    reconnects: () => reconnects,
    close: () => {
      state = 'closed';
      follower.stop();
      clearTimeout(retry);
      socket?.terminate();
    },
  };
}

type Handlers = {
  readonly read: ListenerTools['read'];
  readonly hear: (packet: Packet) => void;
  readonly ask: () => string;
  readonly answered: (answer: Ack<Answer>) => void;
  readonly closed: () => void;
};

/** One connection, from the handshake to its end. */
function openLine(door: string, browser: Browser, handlers: Handlers): WebSocket {
  const socket = new WebSocket(`${door.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { ...browser.headers(), origin: door },
    perMessageDeflate: false,
    skipUTF8Validation: true,
    handshakeTimeout: CONNECT_MS,
  });
  // A line that died in silence sends no more pings; a browser notices after the sum that the server told.
  let silence = setTimeout(() => socket.terminate(), CONNECT_MS);
  socket.on('message', (bytes: Buffer) => {
    silence.refresh();
    const frame = handlers.read(bytes);
    switch (frame.kind) {
      case 'packet':
        return handlers.hear(frame);
      case 'ping':
        return socket.send(PONG);
      case 'open':
        clearTimeout(silence);
        silence = setTimeout(() => socket.terminate(), frame.silenceMs);
        return socket.send(CONNECT);
      case 'connected':
        return socket.send(handlers.ask());
      case 'ack':
        return handlers.answered(frame.value as Ack<Answer>); // reason: the answer to our one question
      case 'end':
        return socket.terminate();
      default:
    }
  });
  // Whatever breaks it also closes it.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(silence);
    handlers.closed();
  });
  return socket;
}
