import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../core/contract/errors.ts';
import { frame } from './frames.ts';
import { TEXT_LIMITS } from './limits.ts';

/** What is said to one client, and how it is ended. */
export type Line = {
  readonly isOpen: () => boolean;
  readonly write: (framed: Buffer) => void;
  readonly send: (message: Uint8Array) => void;
  readonly close: (code: number, why: string) => void;
  /** Ends it with somebody who sent what no client of ours makes. */
  readonly abuse: (why: string) => void;
  readonly pause: () => void;
  readonly resume: () => void;
};

export function createLine({
  socket,
  stream,
  onAbuse,
}: {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly onAbuse: (why: string) => void;
}): Line {
  function write(framed: Buffer): void {
    if (socket.readyState !== socket.OPEN) return;
    if (stream.writableLength > TEXT_LIMITS.readerBytes) close(CLOSE.overloaded, 'too slow');
    // Straight to the stream: without compression ws writes whole frames at once, so frames never interleave.
    else stream.write(framed);
  }

  function close(code: number, why: string): void {
    if (socket.readyState === socket.OPEN) socket.close(code, why);
  }

  return {
    isOpen: () => socket.readyState === socket.OPEN,
    write,
    send: (message) => write(frame(message)),
    close,
    abuse: (why) => {
      onAbuse(why);
      close(CLOSE.malformed, 'MALFORMED');
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}
