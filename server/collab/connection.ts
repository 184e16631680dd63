import { CLOSE } from '../../core/contract/errors.ts';
import * as Y from 'yjs';
import type { Beginning } from '../ports/document-log.ts';
import type { Access } from './access.ts';
import { takeFrom } from './buckets.ts';
import type { Desk } from './desk.ts';
import { takePresence } from './incoming-presence.ts';
import { endStates, takeState } from './incoming-states.ts';
import { takeUpdate } from './incoming-updates.ts';
import { abuse, close, isOpen, send } from './line.ts';
import { presenceFrame, readFrame } from './wire.ts';
import { ask, barrier, turned } from './writing.ts';

// What happens to one open socket of one person in one text: it speaks the y-websocket protocol, and is not believed.

export function begin(desk: Desk): void {
  desk.open.lines.add(desk);
  ask(desk);
}

/** What the person may do was asked again. */
export function setAccess(desk: Desk, next: Access): void {
  const { readsBecause: before, owner } = desk.access;
  desk.access = next;
  // By a name that is not shown any more nobody stands there: the next move brings the one that is [U2].
  const isRenamed = owner?.name !== next.owner?.name;
  if (next.readsBecause !== null || isRenamed) desk.open.presence.leave(desk);
  turned(desk, before !== next.readsBecause);
}

export function beat(desk: Desk): void {
  // A paused sender cannot answer: it waits for storage, not for us.
  if (!desk.isAlive && !desk.socket.isPaused) return desk.socket.terminate();
  desk.isAlive = false;
  if (desk.isListening) send(desk, presenceFrame([]));
  if (isOpen(desk)) desk.socket.ping();
}

/** The socket is gone. */
export function end(desk: Desk): void {
  const { lines, text, presence } = desk.open;
  lines.delete(desk);
  endStates(desk);
  text.readers.delete(desk);
  presence.leave(desk);
}

/** Takes one message. */
export function handle(desk: Desk, data: Uint8Array): void {
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
  desk.open.text.readers.add(desk);
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
