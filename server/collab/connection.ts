import type { Duplex } from 'node:stream';
import { CLOSE } from '../../core/contract/errors.ts';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Beginning } from '../ports/document-log.ts';
import type { Access } from './access.ts';
import { createBucket } from './buckets.ts';
import type { OpenText } from './documents.ts';
import { takePresence } from './incoming-presence.ts';
import { takeStates } from './incoming-states.ts';
import { takeUpdates } from './incoming-updates.ts';
import { TEXT_LIMITS } from './limits.ts';
import { createLine } from './line.ts';
import type { Allowance } from './writers.ts';
import { createWriting } from './writing.ts';
import { presenceFrame, readFrame } from './wire.ts';

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

export type Wiring = {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly open: OpenText;
  readonly access: Access;
  readonly signInId: string;
  readonly allowance: Allowance;
  /** Asks anew what the person may do; setAccess follows, or the end. */
  readonly recheck: () => void;
  readonly nowMs: () => number;
  readonly onAbuse: (why: string) => void;
};

/** Speaks the y-websocket protocol with one client, and believes nothing it says. */
export function createConnection(wiring: Wiring): Connection {
  const { socket, open, allowance, nowMs } = wiring;
  const { text, presence, owners } = open;
  const frames = createBucket(TEXT_LIMITS.frames, nowMs);
  const states = createBucket(TEXT_LIMITS.states, nowMs);
  const presences = createBucket(TEXT_LIMITS.presences, nowMs);
  const rechecks = createBucket({ burst: 2, perSecond: 1 }, nowMs);
  const catchUps = createBucket({ burst: 2, perSecond: 1 }, nowMs);
  const line = createLine(wiring);
  const reader = { write: line.write };
  let current = wiring.access;
  let isListening = false;
  const access = (): Access => current;
  const recheck = (): void => {
    if (rechecks.take(1)) wiring.recheck();
  };
  const writing = createWriting({ line, open, signInId: wiring.signInId, access, recheck });
  const handleUpdate = takeUpdates({
    line,
    text,
    writing,
    access,
    allowance,
    recheck,
    catchUps,
  });
  const handlePresence = takePresence({
    line,
    reader,
    presence,
    owners,
    access,
    allowance,
    presences,
    remind: writing.remind,
  });
  const onAnswered = (): void => {
    isListening = true;
    text.readers.add(reader);
    const cursors = presence.all();
    if (cursors !== null) line.send(cursors);
  };
  const endAnew = (): void => line.close(CLOSE.reset, 'TEXT_RESET');
  open.onAnew.add(endAnew);
  const vectors = takeStates({ line, text, allowance, states, onAnswered });

  writing.ask();
  return {
    handle: (data) => {
      if (!line.isOpen()) return;
      if (!frames.take(1)) return line.close(CLOSE.tooOften, 'TOO_OFTEN');
      const message = readFrame(data);
      if (message === null) return line.abuse('frame');
      switch (message.kind) {
        case 'state':
          return isOfBefore(message.vector, open.beginning) ? endAnew() : vectors.take(message.vector);
        case 'update':
          return handleUpdate(message);
        case 'presence':
          return handlePresence(message.data);
        case 'askPresence':
          // All cursors weigh far more than the question: who asks again and again is told with the others.
          if (presences.take(1)) line.send(presence.all() ?? presenceFrame([]));
          return;
        case 'barrier':
          return writing.barrier(message.mark);
        case 'unknown':
          return line.abuse('message type');
      }
    },
    setAccess: (next) => {
      const before = current.readsBecause;
      current = next;
      if (next.readsBecause !== null) presence.leave(reader);
      writing.turned(next.readsBecause, before !== next.readsBecause);
    },
    pulse: () => {
      if (isListening) line.send(presenceFrame([]));
      if (line.isOpen()) socket.ping();
    },
    close: line.close,
    ended: () => {
      open.onAnew.delete(endAnew);
      vectors.end();
      text.readers.delete(reader);
      presence.leave(reader);
    },
  };
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
