import { io, type Socket } from 'socket.io-client';
import type { RoomEvents } from '../core/contract/socket.ts';
import type { SessionId } from '../core/domain/ids.ts';
import type { Envelope } from '../core/domain/events.ts';
import { within } from '../rehearsal/within.ts';
import type { Knocker } from './ask.ts';

/** One socket of one person, which never comes back by itself. */
export type RoomSocket = {
  /** Says anything, and waits for the answer; null when none came. */
  readonly says: (name: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** The same, without asking for an answer. */
  readonly shouts: (name: string, ...args: readonly unknown[]) => void;
  /** Asks to hear a session; the answer as a class and reason, or 'ok'. */
  readonly hear: (sessionId: unknown, after?: unknown) => Promise<string>;
  /** Everything that came, in order. */
  readonly packets: readonly unknown[];
  readonly heard: (sessionId: SessionId) => readonly Envelope[];
  readonly isOpen: () => boolean;
  /** When it was closed, by performance.now(); null while it is open. */
  readonly closedAt: () => number | null;
  readonly close: () => void;
};

const ANSWER_MS = 10_000;

/** Opens a socket, or says with what words it was refused. */
export async function openRoomSocket(who: Knocker): Promise<RoomSocket | string> {
  const packets: unknown[] = [];
  const events: RoomEvents[] = [];
  let closedAt: number | null = null;
  const socket = io(who.url, {
    transports: ['websocket'],
    extraHeaders: who.headers(),
    forceNew: true,
    reconnection: false,
    timeout: ANSWER_MS,
  });
  socket.io.on('packet', ({ data }) => {
    packets.push(data);
    who.tap?.('socket', JSON.stringify(data ?? null));
  });
  socket.on('room:events', (message: RoomEvents) => events.push(message));
  socket.on('disconnect', () => (closedAt = performance.now()));
  const opened = new Promise<string>((resolve) => {
    socket.on('connect', () => resolve(''));
    socket.on('connect_error', (error) => resolve(error.message));
  });
  const refusal = await opened;
  if (refusal !== '') {
    socket.disconnect();
    return refusal;
  }
  const says = speaker(socket);
  return {
    says,
    shouts: (name, ...args) => void socket.emit(name, ...args),
    hear: async (sessionId, after = 0) => ackInShort(await says('room:hear', { sessionId, after })),
    packets,
    heard: (sessionId) =>
      events.filter((message) => message.sessionId === sessionId).flatMap((message) => message.events),
    isOpen: () => socket.connected,
    closedAt: () => closedAt,
    close: () => socket.disconnect(),
  };
}

/** Says something and waits for the answer; null when none came, or the socket is closed. */
function speaker(socket: Socket): RoomSocket['says'] {
  return async (name, ...args) => {
    const answer = new Promise<unknown>((resolve) => {
      socket.on('disconnect', () => resolve(null));
      if (socket.connected) socket.emit(name, ...args, resolve);
      else resolve(null);
    });
    return await within(ANSWER_MS, `for an answer to ${name}`, answer).catch(() => null);
  };
}

/** An acknowledgement in a few words. */
export function ackInShort(ack: unknown): string {
  if (typeof ack !== 'object' || ack === null || !('ok' in ack)) return 'no answer';
  if (ack.ok === true) return 'ok';
  const error = 'error' in ack && typeof ack.error === 'object' ? ack.error : null;
  if (error === null || !('code' in error) || !('reason' in error)) return 'an error without a code';
  return `${String(error.code)} ${String(error.reason)}`;
}
