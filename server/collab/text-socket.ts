import { WebSocket } from 'ws';
import { CLOSE } from '../../core/contract/errors.ts';
import type { Desk } from './desk.ts';

/** A socket that knows what is known of it. */
export class TextSocket extends WebSocket {
  desk: Desk | null = null;

  /** The library's own end for a frame beyond all bounds would make every client send it again, and again. */
  override close(code?: number, why?: string | Buffer): void {
    if (code === CLOSE.frameTooLarge) super.close(CLOSE.tooLarge, 'UPDATE_TOO_LARGE');
    else super.close(code, why);
  }
}

/** What is known of a socket that was let in. */
export function deskAt(socket: WebSocket): Desk {
  if (!(socket instanceof TextSocket) || socket.desk === null) throw new Error('nobody was let in here');
  return socket.desk;
}
