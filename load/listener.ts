import { WebSocket } from 'ws';
import { sessionRoutes } from '../core/contract/sessions.ts';
import type { Ack, Heard } from '../core/contract/socket.ts';
import type { SessionId } from '../core/domain/ids.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { extend, lineFrom, type Line } from './line.ts';
import { packetOf, type Packet } from './packets.ts';
import type { Frame } from './wire.ts';
import { CONNECT, PONG, question } from './wire.ts';

/** Somebody's ear at a room: a bare socket, and of what was heard only a line of numbers. */
export type Listener = {
  readonly line: () => Line;
  readonly isHearing: () => boolean;
  readonly troubles: () => Troubles;
  readonly close: () => void;
};

/** reconnects and holes are no fault while they are mended; repeated is one. */
export type Troubles = { readonly reconnects: number; readonly holes: number; readonly repeated: number };

export type ListenerTools = {
  /** Doors of one house: whoever is cut off at one comes back at the next. */
  readonly doors: readonly string[];
  readonly read: (bytes: Buffer) => Frame | Packet;
  /** Hears of views that came by the socket, as a person would see them. */
  readonly seen: (viewIds: readonly string[]) => void;
  /** From 0 up to 1: people who were cut off together do not come back together. */
  readonly jitter: () => number;
};

const LONGEST_PAUSE_MS = 5_000;
const CONNECT_MS = 10_000;

/** Hears a session behind an event that is known, and comes back whenever it is cut off. */
export function openListener(
  { browser, sessionId, after }: { browser: Browser; sessionId: SessionId; after: number },
  { doors, read, seen, jitter }: ListenerTools,
): Listener {
  let line = lineFrom(after);
  let socket: WebSocket | null = null;
  let state: 'away' | 'hearing' | 'closed' = 'away';
  let retry: NodeJS.Timeout | undefined;
  let attempt = Math.max(0, doors.indexOf(browser.url));
  let failures = 0;
  let isFilling = false;
  let askedFrom = after;
  let highest = after;
  const troubles = { reconnects: 0, holes: 0, repeated: 0 };

  const isClosed = () => state === 'closed';
  const hear = ({ marks, views }: Packet, isFilled: boolean) => {
    const last = marks[marks.length - 1]?.seq ?? 0;
    highest = Math.max(highest, last);
    const further = extend(line, marks);
    if (further === null) {
      troubles.holes += 1;
      // Never rejects: what could not be read is read when the next packet shows the hole again.
      void fill();
      return;
    }
    // What came by HTTP may come again, and so may what the asking named as known: the feed was not as far yet.
    if (!isFilled && !isFilling && marks.some(({ seq }) => seq > askedFrom && seq <= line.seq))
      troubles.repeated += 1;
    line = further;
    if (isFilled) askedFrom = Math.max(askedFrom, line.seq);
    seen(views);
  };
  const fill = async () => {
    if (isFilling) return;
    isFilling = true;
    try {
      for (let more = true; more || line.seq < highest;) {
        if (isClosed()) return;
        const query = { after: line.seq };
        const reply = await browser.call(sessionRoutes.getEvents, { params: { sessionId }, query });
        hear(packetOf(reply.events), true);
        more = reply.more;
        if (reply.events.length === 0) break;
      }
    } catch {
      highest = line.seq;
    } finally {
      isFilling = false;
    }
  };
  const handleAck = (answer: Ack<Heard>, from: WebSocket) => {
    if (!answer.ok) {
      from.terminate();
      return;
    }
    state = 'hearing';
    failures = 0;
    if (!answer.value.behind) return;
    highest = Math.max(highest, answer.value.seq);
    void fill();
  };
  const connect = () => {
    const door = doors[attempt % doors.length] ?? browser.url;
    const opened = new WebSocket(`${door.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { ...browser.headers(), origin: door },
      perMessageDeflate: false,
      skipUTF8Validation: true,
      handshakeTimeout: CONNECT_MS,
    });
    socket = opened;
    // A line that died in silence sends no more pings; a browser notices after the sum that the server told.
    let silence = setTimeout(() => opened.terminate(), CONNECT_MS);
    opened.on('message', (bytes: Buffer) => {
      silence.refresh();
      const frame = read(bytes);
      if (frame.kind === 'packet') hear(frame, false);
      else if (frame.kind === 'ping') opened.send(PONG);
      else if (frame.kind === 'open') {
        clearTimeout(silence);
        silence = setTimeout(() => opened.terminate(), frame.silenceMs);
        opened.send(CONNECT);
      } else if (frame.kind === 'connected') {
        askedFrom = line.seq;
        opened.send(question('room:hear', { sessionId, after: line.seq }));
      } else if (frame.kind === 'ack') handleAck(frame.value as Ack<Heard>, opened); // reason: the answer to our one question
      else if (frame.kind === 'end') opened.terminate();
    });
    opened.on('error', () => undefined);
    opened.on('close', () => {
      clearTimeout(silence);
      if (isClosed()) return;
      if (state === 'hearing') troubles.reconnects += 1;
      state = 'away';
      attempt += 1;
      failures += 1;
      const pause = Math.min(LONGEST_PAUSE_MS, 200 * 2 ** failures);
      retry = setTimeout(connect, pause * (0.5 + jitter() / 2));
    });
  };
  connect();
  return {
    line: () => line,
    isHearing: () => state === 'hearing',
    troubles: () => ({ ...troubles }),
    close: () => {
      state = 'closed';
      clearTimeout(retry);
      socket?.terminate();
    },
  };
}
