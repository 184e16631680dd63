import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import type { Reason } from '../../core/domain/refusals.ts';

/** Inner types of a sync message (y-protocols). */
const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** A message of a client, taken apart but not yet believed. */
export type Incoming =
  | { readonly kind: 'state'; readonly vector: Uint8Array }
  | { readonly kind: 'update'; readonly data: Uint8Array; readonly isAnswer: boolean }
  | { readonly kind: 'presence'; readonly data: Uint8Array }
  | { readonly kind: 'askPresence' }
  | { readonly kind: 'barrier'; readonly mark: Uint8Array }
  | { readonly kind: 'unknown' };

/** Reads one frame; null when it is malformed. */
export function readFrame(frame: Uint8Array): Incoming | null {
  try {
    const decoder = decoding.createDecoder(frame);
    switch (decoding.readVarUint(decoder)) {
      case COLLAB_MESSAGE.sync:
        return readSync(decoder);
      case COLLAB_MESSAGE.awareness:
        return { kind: 'presence', data: decoding.readVarUint8Array(decoder) };
      case COLLAB_MESSAGE.queryAwareness:
        return { kind: 'askPresence' };
      case COLLAB_MESSAGE.barrier:
        return { kind: 'barrier', mark: decoding.readVarUint8Array(decoder) };
      default:
        return { kind: 'unknown' };
    }
  } catch {
    return null;
  }
}

function readSync(decoder: decoding.Decoder): Incoming | null {
  const inner = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (inner === SYNC.step1) return { kind: 'state', vector: bytes };
  if (inner === SYNC.step2 || inner === SYNC.update) {
    return { kind: 'update', data: bytes, isAnswer: inner === SYNC.step2 };
  }
  return null;
}

/** Asks a client for what we lack. */
export function askFrame(vector: Uint8Array): Uint8Array {
  return syncFrame(SYNC.step1, vector);
}

/** Answers a client's state vector. */
export function answerFrame(update: Uint8Array): Uint8Array {
  return syncFrame(SYNC.step2, update);
}

/** Tells what changed. */
export function updateFrame(update: Uint8Array): Uint8Array {
  return syncFrame(SYNC.update, update);
}

function syncFrame(inner: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    encoding.writeVarUint(encoder, inner);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

/** A barrier on its way back. */
export function barrierFrame(mark: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
    encoding.writeVarUint8Array(encoder, mark);
  });
}

/** Edits sent before are not saved. */
export function refusedFrame(reason: Reason): Uint8Array {
  return wordFrame(COLLAB_MESSAGE.refused, reason);
}

/** Whether this connection may write now; null: it may. */
export function standingFrame(reason: Reason | null): Uint8Array {
  return wordFrame(COLLAB_MESSAGE.standing, reason ?? '');
}

function wordFrame(type: number, word: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, word);
  });
}

/** One cursor: its Yjs client id, its clock, its state as JSON text; 'null' means it left. */
export type PresenceEntry = { readonly clientId: number; readonly clock: number; readonly json: string };

/** Many cursors in one message; none at all is a sign of life. */
export function presenceFrame(entries: readonly PresenceEntry[]): Uint8Array {
  const inner = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const { clientId, clock, json } of entries) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, json);
    }
  });
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, inner);
  });
}

/**
 * Reads the inside of an awareness message; null when malformed. Stock clients echo what they hear of others, many
 * cursors in one message: such a one says nothing of its sender.
 */
export function readPresence(data: Uint8Array): PresenceEntry | 'none' | null {
  try {
    const decoder = decoding.createDecoder(data);
    const count = decoding.readVarUint(decoder);
    if (count !== 1) return 'none';
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    return { clientId, clock, json: decoding.readVarString(decoder) };
  } catch {
    return null;
  }
}
