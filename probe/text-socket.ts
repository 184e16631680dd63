import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { COLLAB_MESSAGE, SCHEMA_PARAM } from '../core/contract/collab.ts';
import { TEXT_FRAGMENT, TEXT_SCHEMA_VERSION, type OutcomeNode } from '../core/domain/outcome.ts';
import { toElement } from '../prisma/seed/to-yjs.ts';
import type { Knocker } from './ask.ts';

/** One connection to a shared text that keeps to no rules. */
export type TextSocket = {
  readonly send: (frame: Uint8Array) => void;
  /** Writes a line, and waits: 'saved', why it was refused, or 'closed'. */
  readonly write: (words: string) => Promise<string>;
  /** The text as far as it came. */
  readonly text: () => string;
  readonly isOpen: () => boolean;
  readonly closedAt: () => number | null;
  readonly closeCode: () => number | null;
  readonly close: () => void;
};

const ANSWER_MS = 8_000;

/** Opens a text and has its content, or says with which status it was refused. */
export async function openText(who: Knocker, documentId: string): Promise<TextSocket | number> {
  const address = `${who.url.replace(/^http/, 'ws')}/collab/${documentId}?${SCHEMA_PARAM}=${TEXT_SCHEMA_VERSION}`;
  const socket = new WebSocket(address, { headers: who.headers() });
  const doc = new Y.Doc();
  const answers = createAnswers();
  const marks = { areOut: false };
  let closed: { at: number; code: number } | null = null;
  socket.on('message', (data) => {
    if (!(data instanceof Buffer)) return;
    who.tap?.('text', data);
    hear(data, { socket, doc, answers, marks });
  });
  const refused = await refusalOf(socket);
  if (refused !== null) return refused;
  socket.on('close', (code) => {
    closed = { at: performance.now(), code };
    answers.settle('closed');
  });
  const send = (frame: Uint8Array) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame, () => undefined);
  };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) send(syncFrame(2, update));
  });
  const isHere = answers.next();
  send(syncFrame(0, Y.encodeStateVector(doc)));
  await isHere;
  return {
    send,
    write: (words) => {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve('closed');
      const answer = answers.next();
      const line: OutcomeNode = { type: 'paragraph', content: [{ type: 'text', text: words }] };
      doc.getXmlFragment(TEXT_FRAGMENT).push([toElement(line)]);
      marks.areOut = true;
      send(barrierFrame());
      return answer;
    },
    text: () => doc.getXmlFragment(TEXT_FRAGMENT).toString(),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    closedAt: () => closed?.at ?? null,
    closeCode: () => closed?.code ?? null,
    close: () => socket.terminate(),
  };
}

/** The status of a refused handshake; null when the socket is open. */
function refusalOf(socket: WebSocket): Promise<number | null> {
  return new Promise((resolve) => {
    socket.on('open', () => resolve(null));
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    // A refused handshake was told above; anything else shows as a close.
    socket.on('error', () => resolve(0));
  });
}

/** Who waits for what the server says next: 'saved', a reason, 'here', 'closed', or 'no answer'. */
function createAnswers() {
  const waiting = new Set<(word: string) => void>();
  return {
    next: () =>
      new Promise<string>((resolve) => {
        waiting.add(resolve);
        setTimeout(() => resolve('no answer'), ANSWER_MS).unref();
      }),
    settle: (word: string): void => {
      for (const resolve of waiting) resolve(word);
      waiting.clear();
    },
  };
}

type Hearing = {
  readonly socket: WebSocket;
  readonly doc: Y.Doc;
  readonly answers: ReturnType<typeof createAnswers>;
  /** Whether a mark was sent; each answer to the server's asking is followed by another one, as the browser's is. */
  readonly marks: { areOut: boolean };
};

function hear(data: Buffer, { socket, doc, answers, marks }: Hearing): void {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  switch (decoding.readVarUint(decoder)) {
    case COLLAB_MESSAGE.sync: {
      const inner = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (inner === 0) {
        socket.send(syncFrame(1, Y.encodeStateAsUpdate(doc, bytes)));
        if (marks.areOut) socket.send(barrierFrame());
        return;
      }
      Y.applyUpdate(doc, bytes, socket);
      return inner === 1 ? answers.settle('here') : undefined;
    }
    case COLLAB_MESSAGE.barrier:
      return answers.settle('saved');
    case COLLAB_MESSAGE.refused:
      return answers.settle(decoding.readVarString(decoder));
    default:
  }
}

/** A sync message of y-websocket: 0 asks, 1 answers, 2 tells. */
export function syncFrame(inner: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    encoding.writeVarUint(encoder, inner);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

function barrierFrame(): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
    encoding.writeVarUint8Array(encoder, Uint8Array.of(1));
  });
}
