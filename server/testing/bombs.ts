import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

type Encoder = encoding.Encoder;

/** A small update that would be dear to take in. prelude: harmless ones that it needs before it. */
export type Bomb = {
  readonly prelude: (doc: Y.Doc) => readonly Uint8Array[];
  readonly update: (doc: Y.Doc) => Uint8Array;
};

const EVIL = 77;
const EVIL_TOO = 78;

function structs(client: number, from: number, items: readonly ((encoder: Encoder) => void)[]): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, items.length, client, from]) encoding.writeVarUint(encoder, number);
    for (const item of items) item(encoder);
    encoding.writeVarUint(encoder, 0);
  });
}

function deletions(client: number, ranges: readonly (readonly [number, number])[]): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [0, 1, client, ranges.length]) encoding.writeVarUint(encoder, number);
    for (const range of ranges) for (const number of range) encoding.writeVarUint(encoder, number);
  });
}

/** Deletes the first count words of somebody, whether they are deleted already or not. */
export function deletionOf(client: number, count: number): Uint8Array {
  return deletions(client, [[0, count]]);
}

const inText = (encoder: Encoder) => {
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarString(encoder, TEXT_FRAGMENT);
};
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Paragraphs, each put at the very beginning: Yjs compares one with all that others put there meanwhile. */
export function crowd(client: number, count: number, doc = new Y.Doc()): Uint8Array {
  doc.clientID = client;
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  doc.transact(() => {
    for (let put = 0; put < count; put += 1) fragment.insert(0, [new Y.XmlElement('paragraph')]);
  });
  return Y.encodeStateAsUpdate(doc);
}

/** Paragraphs of client, each put beside nothing: Yjs compares one with all that stand at the beginning of the text. */
export function besideNothing(client: number, count: number, deletes: readonly number[] = []): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, count, client, 0]) encoding.writeVarUint(encoder, number);
    for (let put = 0; put < count; put += 1) {
      encoding.writeUint8(encoder, 7);
      inText(encoder);
      encoding.writeVarUint(encoder, 3);
      encoding.writeVarString(encoder, 'paragraph');
    }
    encoding.writeVarUint(encoder, deletes.length);
    for (const number of deletes.flatMap((clock) => [client, 1, clock, 1]))
      encoding.writeVarUint(encoder, number);
  });
}

/** Words that hang on what nobody has. */
export function hangingOnNothing(client: number): Uint8Array {
  const words = (encoder: Encoder) => {
    encoding.writeUint8(encoder, 4 | 128);
    for (const number of [client + 1, 1_000_000]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, '字');
  };
  return structs(client, 0, [words]);
}

/** Much to read, and nothing of it is known. */
export function manyStructs(count: number): Uint8Array {
  return structs(
    EVIL,
    0,
    times(count, () => collected),
  );
}

/** Words in so many pieces that none of them joins another: what somebody brings who wrote a text backwards. */
export function manyWords(count: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = EVIL;
  const words = new Y.XmlText();
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [words]);
    doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [paragraph]);
    for (let at = 0; at < count; at += 1) words.insert(0, '字');
  });
  return Y.encodeStateAsUpdate(doc);
}

const subDocument = (encoder: Encoder) => {
  encoding.writeUint8(encoder, 9);
  inText(encoder);
  encoding.writeVarString(encoder, 'guid');
  encoding.writeAny(encoder, {});
};
const manyValues = (encoder: Encoder) => {
  encoding.writeUint8(encoder, 8 | 32);
  inText(encoder);
  encoding.writeVarString(encoder, 'level');
  encoding.writeVarUint(encoder, 200_000);
  for (let value = 0; value < 200_000; value += 1) encoding.writeUint8(encoder, 126);
};
const nested = (encoder: Encoder) => {
  encoding.writeUint8(encoder, 8 | 32);
  inText(encoder);
  encoding.writeVarString(encoder, 'level');
  encoding.writeVarUint(encoder, 1);
  for (let depth = 0; depth < 60_000; depth += 1) {
    encoding.writeUint8(encoder, 117);
    encoding.writeVarUint(encoder, 1);
  }
  encoding.writeUint8(encoder, 126);
};
const collected = (encoder: Encoder) => {
  encoding.writeUint8(encoder, 0);
  encoding.writeVarUint(encoder, 1);
};

const none = () => [];

export const BOMBS: Readonly<Record<string, Bomb>> = {
  'ten thousand documents in the document': {
    prelude: none,
    update: () =>
      structs(
        EVIL,
        0,
        times(10_000, () => subDocument),
      ),
  },
  'more structs than words': {
    prelude: none,
    update: () =>
      structs(
        EVIL,
        0,
        times(100_000, () => collected),
      ),
  },
  'an attribute of two hundred thousand values': {
    prelude: none,
    update: () => structs(EVIL, 0, [manyValues]),
  },
  'a value sixty thousand deep': { prelude: none, update: () => structs(EVIL, 0, [nested]) },
  'the same words deleted sixty thousand times': {
    prelude: none,
    update: (doc) =>
      deletions(
        doc.clientID,
        times(60_000, () => [0, 4_000] as const),
      ),
  },
  'a deletion that overlaps the one before': {
    prelude: none,
    update: (doc) =>
      deletions(doc.clientID, [
        [0, 5],
        [4, 5],
      ]),
  },
  'two crowds at one spot': {
    prelude: () => [crowd(EVIL, 3_000)],
    update: () => crowd(EVIL_TOO, 3_000),
  },
};
