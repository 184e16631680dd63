import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../core/contract/errors.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { Asker } from './access.ts';
import { frame } from './frames.ts';
import { TEXT_LIMITS } from './limits.ts';

/** Who sent what no client of ours makes. */
type Abuse = Pick<Asker, 'documentId'> & Pick<SignedIn, 'personId'> & { readonly why: string };

/** The way to one client. Plain data, and functions that all share: thousands of lines are open at once. */
export type Line = {
  readonly socket: Pick<WebSocket, 'readyState' | 'OPEN' | 'close'>;
  readonly stream: Pick<Duplex, 'write' | 'writableLength'>;
  /** Bytes of an answer that have not left yet: a whole text is written at one go. */
  unsentAnswer: number;
  readonly asker: Pick<Asker, 'documentId' | 'signedIn'>;
  readonly log: { readonly warn: (about: Abuse, message: string) => void };
};

export function isOpen({ socket }: Line): boolean {
  return socket.readyState === socket.OPEN;
}

export function write(line: Line, framed: Buffer): void {
  if (!isOpen(line)) return;
  if (line.stream.writableLength - line.unsentAnswer > TEXT_LIMITS.readerBytes)
    close(line, CLOSE.overloaded, 'too slow');
  // Straight to the stream: without compression ws writes whole frames at once, so frames never interleave.
  else line.stream.write(framed);
}

/** Writes what somebody lacks. One answer at a time may be on its way, however large. */
export function writeAnswer(line: Line, framed: Buffer): void {
  if (!isOpen(line)) return;
  const { byteLength } = framed;
  line.unsentAnswer += byteLength;
  line.stream.write(framed, () => {
    line.unsentAnswer -= byteLength;
  });
}

export function send(line: Line, message: Uint8Array): void {
  write(line, frame(message));
}

export function close(line: Line, code: number, why: string): void {
  if (isOpen(line)) line.socket.close(code, why);
}

/** Ends it with somebody who sent what no client of ours makes. */
export function abuse(line: Line, why: string): void {
  const { documentId, signedIn } = line.asker;
  line.log.warn({ documentId, personId: signedIn.personId, why }, 'a malformed text message');
  close(line, CLOSE.malformed, 'MALFORMED');
}
