import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';

/** What a server said, as far as the bench needs to know. */
export type Heard =
  | { readonly kind: 'answer' | 'update' | 'presence'; readonly data: Uint8Array }
  | { readonly kind: 'asked'; readonly vector: Uint8Array }
  /** upTo: everything up to this number; null: one more. */
  | { readonly kind: 'acknowledged'; readonly upTo: number | null }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'other' };

/** How a contender speaks: all of them the messages of y-protocols, Hocuspocus behind the name of the text. */
export type Dialect = {
  /** What a client says before anything else. */
  readonly opening: readonly Uint8Array[];
  readonly ask: (vector: Uint8Array) => Uint8Array;
  readonly answer: (update: Uint8Array) => Uint8Array;
  readonly update: (update: Uint8Array) => Uint8Array;
  readonly presence: (data: Uint8Array) => Uint8Array;
  /** Asks to be told when everything said before is saved; null: every edit is acknowledged unasked, or none is. */
  readonly barrier: ((n: number) => Uint8Array) | null;
  readonly read: (message: Uint8Array) => Heard;
};

const SYNC = { ask: 0, answer: 1, update: 2 } as const;
/** The number of a barrier. */
const NUMBER_BYTES = 4;

export const plain: Dialect = {
  opening: [],
  ...speaking(() => undefined),
  barrier: null,
  read: (message) => readPlain(decoding.createDecoder(message)),
};

/** Ours: also says when something is saved. */
export const ours: Dialect = {
  ...plain,
  barrier: (n) =>
    encoding.encode((encoder) => {
      const number = new Uint8Array(NUMBER_BYTES);
      new DataView(number.buffer).setUint32(0, n);
      encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
      encoding.writeVarUint8Array(encoder, number);
    }),
};

const HOCUSPOCUS = { auth: 2, reply: 4, status: 8, token: 0 } as const;

export function hocuspocus(name: string): Dialect {
  const lead = (encoder: encoding.Encoder) => encoding.writeVarString(encoder, name);
  const token = encoding.encode((encoder) => {
    lead(encoder);
    encoding.writeVarUint(encoder, HOCUSPOCUS.auth);
    encoding.writeVarUint(encoder, HOCUSPOCUS.token);
    encoding.writeVarString(encoder, 'anybody');
  });
  return {
    opening: [token],
    ...speaking(lead),
    barrier: null,
    read: (message) => {
      const decoder = decoding.createDecoder(message);
      decoding.readVarString(decoder);
      const type = decoding.peekVarUint(decoder);
      if (type === HOCUSPOCUS.reply) return readSync(skipped(decoder));
      if (type !== HOCUSPOCUS.status) return readPlain(decoder);
      const isSaved = decoding.readVarUint(skipped(decoder)) === 1;
      return isSaved ? { kind: 'acknowledged', upTo: null } : { kind: 'refused', why: 'read only' };
    },
  };
}

function speaking(lead: (encoder: encoding.Encoder) => void) {
  const saying = (types: readonly number[]) => (data: Uint8Array) =>
    encoding.encode((encoder) => {
      lead(encoder);
      for (const type of types) encoding.writeVarUint(encoder, type);
      encoding.writeVarUint8Array(encoder, data);
    });
  return {
    ask: saying([COLLAB_MESSAGE.sync, SYNC.ask]),
    answer: saying([COLLAB_MESSAGE.sync, SYNC.answer]),
    update: saying([COLLAB_MESSAGE.sync, SYNC.update]),
    presence: saying([COLLAB_MESSAGE.awareness]),
  };
}

function readPlain(decoder: decoding.Decoder): Heard {
  switch (decoding.readVarUint(decoder)) {
    case COLLAB_MESSAGE.sync:
      return readSync(decoder);
    case COLLAB_MESSAGE.awareness:
      return { kind: 'presence', data: decoding.readVarUint8Array(decoder) };
    case COLLAB_MESSAGE.barrier: {
      const number = decoding.readVarUint8Array(decoder);
      return {
        kind: 'acknowledged',
        upTo: new DataView(number.buffer, number.byteOffset).getUint32(0),
      };
    }
    case COLLAB_MESSAGE.refused:
      return { kind: 'refused', why: decoding.readVarString(decoder) };
    default:
      return { kind: 'other' };
  }
}

function readSync(decoder: decoding.Decoder): Heard {
  const inner = decoding.readVarUint(decoder);
  const data = decoding.readVarUint8Array(decoder);
  if (inner === SYNC.ask) return { kind: 'asked', vector: data };
  return { kind: inner === SYNC.answer ? 'answer' : 'update', data };
}

function skipped(decoder: decoding.Decoder): decoding.Decoder {
  decoding.readVarUint(decoder);
  return decoder;
}
