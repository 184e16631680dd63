import type { Duplex } from 'node:stream';
import * as Y from 'yjs';
import { BARRIER_BYTES } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import type { ParticipantId } from '../../core/domain/ids.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import type { WebSocket } from 'ws';
import type { Access } from './access.ts';
import { createBucket } from './buckets.ts';
import type { OpenText } from './documents.ts';
import { frame } from './frames.ts';
import { readUpdate, bringsMore, judge, type ReadUpdate } from './guard.ts';
import { createHorizon } from './horizon.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Writer } from './queue-items.ts';
import { stamp } from './stamp.ts';
import { createRepair } from './repair.ts';
import type { Allowance } from './writers.ts';
import {
  askFrame,
  barrierFrame,
  presenceFrame,
  readFrame,
  readPresence,
  refusedFrame,
  standingFrame,
  type Incoming,
} from './wire.ts';

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
  readonly allowance: Allowance;
  /** Asks anew what the person may do; setAccess follows, or the end. */
  readonly recheck: () => void;
  readonly nowMs: () => number;
  readonly onAbuse: (why: string) => void;
};

/** Speaks the y-websocket protocol with one client, and believes nothing it says. */
export function createConnection(wiring: Wiring): Connection {
  const { socket, stream, open, nowMs } = wiring;
  const { text, queue, presence } = open;
  const buckets = {
    frames: createBucket(TEXT_LIMITS.frames, nowMs),
    ...wiring.allowance,
    states: createBucket(TEXT_LIMITS.states, nowMs),
    presences: createBucket(TEXT_LIMITS.presences, nowMs),
    rechecks: createBucket({ burst: 2, perSecond: 1 }, nowMs),
  };
  const repair = createRepair();
  let { access } = wiring;
  let isOurs = false;
  let isListening = false;
  let cursorId: number | null = null;

  function write(framed: Buffer): void {
    if (socket.readyState !== socket.OPEN) return;
    if (stream.writableLength > TEXT_LIMITS.readerBytes) close(CLOSE.overloaded, 'too slow');
    // Straight to the stream: without compression ws writes whole frames at once, so frames never interleave.
    else stream.write(framed);
  }

  function send(message: Uint8Array): void {
    write(frame(message));
  }

  function close(code: number, why: string): void {
    if (socket.readyState === socket.OPEN) socket.close(code, why);
  }

  function abuse(why: string): void {
    wiring.onAbuse(why);
    close(CLOSE.malformed, 'MALFORMED');
  }

  function refuse(reason: Reason): void {
    if (repair.lose(reason) && isOurs) send(refusedFrame(reason));
  }

  /** Asks the client for everything we lack; its answer heals what was lost. */
  function ask(): void {
    repair.asked();
    send(askFrame(Y.encodeStateVector(text.doc)));
  }

  const reader = { write };
  const writer: Omit<Writer, 'authorId'> = {
    kept: (answer) => {
      repair.kept(answer);
      if (repair.shouldAsk()) ask();
    },
    lost: (reason) => {
      refuse(reason);
      recheck();
    },
    missing: (answer) => {
      // The answer to our asking lacks something itself: this client cannot be repaired by asking again.
      if (answer > 0 && repair.isNewest(answer)) abuse('gap in an answer');
      else {
        repair.miss();
        if (repair.shouldAsk()) ask();
      }
    },
    abusive: abuse,
    reached: (mark) => {
      if (repair.isRepairing()) return;
      const reason = repair.lostReason();
      if (reason === null) send(barrierFrame(mark));
      else send(refusedFrame(reason));
    },
    waiting: () => {
      if (isOurs) send(refusedFrame('STORAGE_AWAY'));
    },
    cut: (why) => {
      if (why === 'gone') close(CLOSE.unknown, 'DOCUMENT_UNKNOWN');
      else close(CLOSE.storageAway, 'STORAGE_AWAY');
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
  /** One writer a seat: the queue tells writers apart by identity. */
  let current: Writer | null = null;

  function asWriter(authorId: ParticipantId): Writer {
    if (current?.authorId !== authorId) current = { ...writer, authorId };
    return current;
  }

  function recheck(): void {
    if (buckets.rechecks.take(1)) wiring.recheck();
  }

  function handleUpdate(message: Extract<Incoming, { kind: 'update' }>): void {
    const answer = message.isAnswer ? repair.answered() : 0;
    const size = message.data.byteLength;
    if (!buckets.updates.take(1) || !buckets.bytes.take(size)) return close(CLOSE.tooOften, 'TOO_OFTEN');
    if (!message.isAnswer && size > DOORS.updateBytes) return tooLarge();
    const update = readUpdate(message.data);
    if (update === null) return abuse('update');
    const { participantId } = access;
    if (access.readsBecause !== null || participantId === null)
      return refuseReader(update, access.readsBecause);
    // A text that is full still takes deletions: they are the way out.
    if (text.bytes() + size > TEXT_LIMITS.documentBytes && bringsMore(update, text.doc))
      return refuse('UPDATE_TOO_LARGE');
    queue.push({ kind: 'update', from: asWriter(participantId), update, answer });
  }

  /** An honest reader's answer holds nothing new; anything else is dropped, and told [W6]. */
  function refuseReader(update: ReadUpdate, reason: Reason | null): void {
    if (judge(update, createHorizon(text.doc)).kind === 'nothing') return;
    refuse(reason ?? 'ROLE_MAY_NOT');
    // The right may have come back since it was last asked.
    recheck();
  }

  function tooLarge(): void {
    refuse('UPDATE_TOO_LARGE');
    close(CLOSE.tooLarge, 'UPDATE_TOO_LARGE');
  }

  function handleState(vector: Uint8Array): void {
    if (!buckets.states.take(1)) return close(CLOSE.tooOften, 'TOO_OFTEN');
    try {
      write(text.answer(vector));
    } catch {
      return abuse('state vector');
    }
    isListening = true;
    text.readers.add(reader);
    const cursors = presence.all();
    if (cursors !== null) send(cursors);
  }

  function handleBarrier(mark: Uint8Array): void {
    if (mark.byteLength > BARRIER_BYTES) return abuse('barrier');
    if (!isOurs) {
      isOurs = true;
      send(standingFrame(access.readsBecause));
    }
    if (repair.lostReason() !== null) recheck();
    // Readers too: their marks wait behind what they wrote while they still might.
    if (current === null) writer.reached(mark);
    else queue.push({ kind: 'mark', from: current, mark });
  }

  function handlePresence(data: Uint8Array): void {
    // More than ten a second say nothing that the next one does not say.
    if (!buckets.presences.take(1) || access.readsBecause !== null || access.owner === null) return;
    const entry = readPresence(data);
    if (entry === null) return abuse('presence');
    if (entry === 'none' || (cursorId !== null && entry.clientId !== cursorId)) return;
    if (data.byteLength > DOORS.awarenessBytes) return abuse('presence too large');
    const json = stamp(entry.json, access.owner);
    if (json === null) return abuse('presence state');
    if (presence.show(reader, { ...entry, json })) cursorId = entry.clientId;
  }

  send(askFrame(Y.encodeStateVector(text.doc)));
  repair.asked();
  return {
    handle: (data) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!buckets.frames.take(1)) return close(CLOSE.tooOften, 'TOO_OFTEN');
      const message = readFrame(data);
      if (message === null) return abuse('frame');
      switch (message.kind) {
        case 'state':
          return handleState(message.vector);
        case 'update':
          return handleUpdate(message);
        case 'presence':
          return handlePresence(message.data);
        case 'askPresence':
          return send(presence.all() ?? presenceFrame([]));
        case 'barrier':
          return handleBarrier(message.mark);
        case 'unknown':
          return abuse('message type');
      }
    },
    setAccess: (next) => {
      const before = access.readsBecause;
      access = next;
      if (next.readsBecause !== null) presence.leave(reader);
      if (before === next.readsBecause) return;
      if (isOurs) send(standingFrame(next.readsBecause));
      // Somebody who may write from now on may hold edits that were dropped before.
      if (next.readsBecause === null) ask();
    },
    pulse: () => {
      if (isListening) send(presenceFrame([]));
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    close,
    ended: () => {
      text.readers.delete(reader);
      presence.leave(reader);
    },
  };
}
