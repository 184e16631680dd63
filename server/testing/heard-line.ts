import { WebSocket } from 'ws';
import type { DocumentId } from '../../core/domain/ids.ts';
import { personId, uuid } from '../../core/testing/builders.ts';
import type { Line } from '../collab/line.ts';

type Hearing = {
  readonly write: (framed: Buffer) => void;
  readonly close?: (code?: number) => void;
  readonly warn?: Line['log']['warn'];
  readonly isOpen?: () => boolean;
};

/** A line to a text whose other end is the test. */
export function heardLine({
  write,
  close = () => undefined,
  warn = () => undefined,
  isOpen = () => true,
}: Hearing): Line {
  return {
    socket: {
      OPEN: WebSocket.OPEN,
      get readyState() {
        return isOpen() ? WebSocket.OPEN : WebSocket.CLOSED;
      },
      close,
    },
    stream: {
      writableLength: 0,
      write: (framed: Buffer, done?: unknown) => {
        write(framed);
        if (typeof done === 'function') done();
        return true;
      },
    },
    unsentAnswer: 0,
    asker: {
      documentId: uuid('docu', 1) as DocumentId,
      signedIn: {
        personId: personId(1),
        name: '某人',
        office: null,
        orgId: null,
        isGuest: false,
        signInId: 'ab',
      },
    },
    log: { warn },
  };
}
