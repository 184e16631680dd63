import { io } from 'socket.io-client';
import { sessionRoutes } from '../core/contract/sessions.ts';
import type { Ack, Heard, RoomEvents } from '../core/contract/socket.ts';
import type { Envelope } from '../core/domain/events.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { apply } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM, type Room } from '../core/domain/room/state.ts';
import { within } from './within.ts';
import type { Browser } from './doors.ts';

/** What one person hears of a session, folded by themselves. */
export type Ear = {
  readonly room: () => Room;
  /** Resolves when the fold has come to this seq. */
  readonly reached: (seq: number) => Promise<void>;
  /** Events that came twice, and holes that had to be filled by HTTP. */
  readonly troubles: () => { readonly repeated: number; readonly holes: number };
  readonly close: () => void;
};

const DEADLINE_MS = 60_000;

/** Connects by Socket.io and hears a session from its first event on. */
export async function listen(browser: Browser, sessionId: SessionId): Promise<Ear> {
  let room = EMPTY_ROOM;
  let [repeated, holes] = [0, 0];
  let filling: Promise<void> | null = null;
  const waiting = new Set<() => void>();
  const fold = (events: readonly Envelope[]): boolean => {
    for (const envelope of events) {
      if (envelope.seq > room.seq + 1) return false;
      if (envelope.seq <= room.seq) repeated += 1;
      else room = apply(room, envelope);
    }
    for (const look of waiting) look();
    return true;
  };
  const fill = async () => {
    for (let more = true; more;) {
      const query = { after: room.seq };
      const reply = await browser.call(sessionRoutes.getEvents, { params: { sessionId }, query });
      fold(reply.events.filter((envelope) => envelope.seq > room.seq));
      more = reply.more;
    }
    filling = null;
  };
  const socket = io(browser.url, {
    transports: ['websocket'],
    extraHeaders: browser.headers(),
    forceNew: true,
  });
  socket.io.on('packet', ({ data }) => browser.tap('socket', JSON.stringify(data ?? null)));
  socket.on('room:events', (message: RoomEvents) => {
    if (message.sessionId !== sessionId || fold(message.events)) return;
    holes += 1;
    // A failure shows where the fold is awaited: it never reaches its seq.
    filling ??= fill().catch(() => undefined);
  });
  const first = new Promise<void>((resolve, reject) => {
    socket.on('connect_error', (error) => {
      if (!socket.active) reject(error);
    });
    socket.on('connect', () => {
      socket.emit('room:hear', { sessionId, after: room.seq }, (ack: Ack<Heard>) => {
        if (!ack.ok) return reject(new Error(`${ack.error.code} ${ack.error.reason}`));
        if (ack.value.behind) filling ??= fill().catch(() => undefined);
        return resolve();
      });
    });
  });
  await within(DEADLINE_MS, 'to hear the room', first);
  return {
    room: () => room,
    reached: (seq) =>
      within(
        DEADLINE_MS,
        `for event ${seq}`,
        new Promise<void>((resolve) => {
          const look = () => {
            if (room.seq < seq) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
        }),
      ),
    troubles: () => ({ repeated, holes }),
    close: () => socket.disconnect(),
  };
}
