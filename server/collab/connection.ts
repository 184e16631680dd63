import { CLOSE } from '../../core/contract/errors.ts';
import * as Y from 'yjs';
import type { Beginning } from '../ports/document-log.ts';
import type { Access } from './access.ts';
import { takeFrom } from './buckets.ts';
import { type Desk, newDesk, type Wiring } from './desk.ts';
import { takePresence } from './incoming-presence.ts';
import { endStates, takeState } from './incoming-states.ts';
import { takeUpdate } from './incoming-updates.ts';
import { abuse, close, isOpen, send, write } from './line.ts';
import { presenceFrame, readFrame } from './wire.ts';
import { ask, barrier, turned } from './writing.ts';

/** One open socket of one person in one text. */
export type Connection = {
  readonly handle: (data: Uint8Array) => void;
  /** What the person may do was asked again. */
  readonly setAccess: (access: Access) => void;
  readonly pulse: () => void;
  readonly close: (code: number, why: string) => void;
  /** The socket is gone. */
  readonly ended: () => void;
};

/** Speaks the y-websocket protocol with one client, and believes nothing it says. */
export function createConnection(wiring: Wiring): Connection {
  const { open } = wiring;
  const desk: Desk = newDesk(wiring, { write: (framed) => write(desk, framed) });
  const endAnew = (): void => close(desk, CLOSE.reset, 'TEXT_RESET');
  open.onAnew.add(endAnew);
  ask(desk);
  return {
    handle: (data) => handle(desk, data),
    setAccess: (next) => {
      const before = desk.access.readsBecause;
      desk.access = next;
      if (next.readsBecause !== null) open.presence.leave(desk.reader);
      turned(desk, before !== next.readsBecause);
    },
    pulse: () => {
      if (desk.isListening) send(desk, presenceFrame([]));
      if (isOpen(desk)) desk.socket.ping();
    },
    close: (code, why) => close(desk, code, why),
    ended: () => {
      open.onAnew.delete(endAnew);
      endStates(desk);
      open.text.readers.delete(desk.reader);
      open.presence.leave(desk.reader);
    },
  };
}

function handle(desk: Desk, data: Uint8Array): void {
  if (!isOpen(desk)) return;
  if (!takeFrom(desk.buckets, 'frames', 1)) return close(desk, CLOSE.tooOften, 'TOO_OFTEN');
  const message = readFrame(data);
  if (message === null) return abuse(desk, 'frame');
  const { beginning, presence } = desk.open;
  switch (message.kind) {
    case 'state':
      if (isOfBefore(message.vector, beginning)) return close(desk, CLOSE.reset, 'TEXT_RESET');
      return takeState(desk, message.vector, listen);
    case 'update':
      return takeUpdate(desk, message);
    case 'presence':
      return takePresence(desk, message.data);
    case 'askPresence':
      // All cursors weigh far more than the question: who asks again and again is told with the others.
      if (takeFrom(desk.buckets, 'presences', 1)) send(desk, presence.all() ?? presenceFrame([]));
      return;
    case 'barrier':
      return barrier(desk, message.mark);
    case 'unknown':
      return abuse(desk, 'message type');
  }
}

/** They have the text, and hear from now on what changes in it. */
function listen(desk: Desk): void {
  desk.isListening = true;
  desk.open.text.readers.add(desk.reader);
  const cursors = desk.open.presence.all();
  if (cursors !== null) send(desk, cursors);
}

/** Whether somebody holds the text as it was before it was begun anew [W16]. */
function isOfBefore(vector: Uint8Array, { retired }: Beginning): boolean {
  if (retired.size === 0) return false;
  try {
    return [...Y.decodeStateVector(vector).keys()].some((clientId) => retired.has(clientId));
  } catch {
    return false; // whoever takes it says so
  }
}
