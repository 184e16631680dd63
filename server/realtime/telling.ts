import type { Server, Socket } from 'socket.io';
import type { ServerMessages } from '../../core/contract/socket.ts';
import { framed, type Framed } from './frame.ts';
import { bytesWaiting, type Line } from './waiting.ts';

type Name = keyof ServerMessages;

/** Whoever has more than this unread is told later what will be wrong in a moment anyway. */
const MOST_BEHIND = 256 * 1024;

/**
 * Tells all sockets of some channels, in this process. A message is serialised and framed once, and a socket whose
 * line is free gets the frame as it is: Socket.io's own way to each costs more than the line itself. Behind
 * something that Socket.io still holds for a socket, it takes its place there, so the order is the same.
 */
export function createTelling(io: Server) {
  /** The newest of what a line that is behind was not told, by channel and name. */
  const later = new WeakMap<Line, Map<string, Framed>>();
  const inChannel = function* (channel: string): Iterable<Socket> {
    for (const id of io.of('/').adapter.rooms.get(channel) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (socket !== undefined) yield socket;
    }
  };
  const tellLater = (line: Line) => {
    // Pings drain the line as well: whoever lives is asked every few seconds.
    line.once('drain', () => {
      if (bytesWaiting(line) >= MOST_BEHIND) return tellLater(line);
      const packets = later.get(line)?.values() ?? [];
      later.delete(line);
      for (const packet of packets) write(line, packet);
    });
  };
  return {
    /** What must arrive, in order. */
    lasting: <N extends Name>(channel: string, name: N, message: Parameters<ServerMessages[N]>[0]): void => {
      const packet = framed(name, message);
      for (const { conn } of inChannel(channel)) write(conn, packet);
    },
    /** What the next message of its kind replaces. */
    passing: <N extends Name>(
      channels: readonly string[],
      name: N,
      message: Parameters<ServerMessages[N]>[0],
    ): void => {
      const packet = framed(name, message);
      for (const channel of channels)
        for (const { conn } of inChannel(channel)) {
          const waiting = later.get(conn);
          if (waiting === undefined && bytesWaiting(conn) < MOST_BEHIND) {
            write(conn, packet);
            continue;
          }
          later.set(conn, (waiting ?? new Map<string, Framed>()).set(`${channel} ${name}`, packet));
          if (waiting === undefined) tellLater(conn);
        }
    },
    /** One socket alone. */
    one: <N extends Name>({ conn }: Socket, name: N, message: Parameters<ServerMessages[N]>[0]): void =>
      write(conn, framed(name, message)),
  };
}

export type Telling = ReturnType<typeof createTelling>;

function write(line: Line, { text, frame, options }: Framed): void {
  const { socket } = line.request;
  const isFree = line.readyState === 'open' && line.transport.writable && socket.writable;
  if (isFree) socket.write(frame);
  else line.write(text, options);
}
