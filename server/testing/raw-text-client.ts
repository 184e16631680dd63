import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { headersOf, until, type Gateway, type Person } from './text-stage.ts';
import { typeInto } from './yjs-words.ts';

/** A client for tests that speaks every message, can lie, and remembers all it was told. */
export type RawClient = {
  readonly doc: Y.Doc;
  readonly socket: WebSocket;
  readonly type: (words: string) => void;
  readonly update: (data: Uint8Array) => void;
  /** As if it were the answer to the server's question. */
  readonly answer: (data: Uint8Array) => void;
  readonly barrier: (version: number) => void;
  readonly asks: () => void;
  readonly presence: (clientId: number, state: unknown, clock?: number) => void;
  readonly send: (frame: Uint8Array) => void;
  /** Changes the document without telling the server. */
  readonly mute: (work: () => void) => void;
  readonly stop: () => void;
  readonly echoes: number[];
  readonly refusals: string[];
  readonly standings: string[];
  readonly answers: number;
  readonly frames: number;
  readonly closeCode: number | null;
};

const open: WebSocket[] = [];

export async function rawClient(
  gateway: Pick<Gateway, 'url'>,
  documentId: string,
  person: Person,
  doc = new Y.Doc(),
  query = '',
): Promise<RawClient> {
  const socket = new WebSocket(`${gateway.url}/${documentId}${query}`, { headers: headersOf(person) });
  open.push(socket);
  const heard = {
    echoes: [] as number[],
    refusals: [] as string[],
    standings: [] as string[],
    answers: 0,
    frames: 0,
    closeCode: null as number | null,
  };
  let isMuted = false;
  const send = (frame: Uint8Array): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  };
  doc.on('update', (data: Uint8Array, origin: unknown) => {
    if (origin !== socket && !isMuted) send(syncFrame((encoder) => syncProtocol.writeUpdate(encoder, data)));
  });
  socket.on('close', (code) => {
    heard.closeCode = code;
  });
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    heard.frames += 1;
    const decoder = decoding.createDecoder(new Uint8Array(data));
    switch (decoding.readVarUint(decoder)) {
      case COLLAB_MESSAGE.sync: {
        const reply = encoding.createEncoder();
        encoding.writeVarUint(reply, COLLAB_MESSAGE.sync);
        const type = syncProtocol.readSyncMessage(decoder, reply, doc, socket);
        if (type === syncProtocol.messageYjsSyncStep2) heard.answers += 1;
        if (encoding.length(reply) > 1) send(encoding.toUint8Array(reply));
        break;
      }
      case COLLAB_MESSAGE.barrier:
        heard.echoes.push(decoding.readVarUint(decoding.createDecoder(decoding.readVarUint8Array(decoder))));
        break;
      case COLLAB_MESSAGE.refused:
        heard.refusals.push(decoding.readVarString(decoder));
        break;
      case COLLAB_MESSAGE.standing:
        heard.standings.push(decoding.readVarString(decoder));
        break;
      default:
    }
  });
  const asks = () => send(syncFrame((encoder) => syncProtocol.writeSyncStep1(encoder, doc)));
  const client: RawClient = Object.assign(heard, {
    doc,
    socket,
    send,
    asks,
    type: (words: string) => typeInto(doc, words),
    update: (data: Uint8Array) => send(syncFrame((encoder) => syncProtocol.writeUpdate(encoder, data))),
    answer: (data: Uint8Array) =>
      send(
        syncFrame((encoder) => {
          encoding.writeVarUint(encoder, syncProtocol.messageYjsSyncStep2);
          encoding.writeVarUint8Array(encoder, data);
        }),
      ),
    barrier: (version: number) =>
      send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
          encoding.writeVarUint8Array(
            encoder,
            encoding.encode((inner) => encoding.writeVarUint(inner, version)),
          );
        }),
      ),
    presence: (clientId: number, state: unknown, clock = 1) =>
      send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, COLLAB_MESSAGE.awareness);
          encoding.writeVarUint8Array(
            encoder,
            encoding.encode((inner) => {
              encoding.writeVarUint(inner, 1);
              encoding.writeVarUint(inner, clientId);
              encoding.writeVarUint(inner, clock);
              encoding.writeVarString(inner, JSON.stringify(state));
            }),
          );
        }),
      ),
    mute: (work: () => void) => {
      isMuted = true;
      work();
      isMuted = false;
    },
    stop: () => socket.terminate(),
  });
  await until(() => socket.readyState !== WebSocket.CONNECTING);
  asks();
  await until(() => client.answers > 0);
  return client;
}

function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    write(encoder);
  });
}

export function stopRaw(): void {
  for (const socket of open.splice(0)) socket.terminate();
}
