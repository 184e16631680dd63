import * as decoding from 'lib0/decoding';
import { DOORS } from '../../core/contract/limits.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { TEXT_LIMITS } from './limits.ts';

type Decoder = decoding.Decoder;

/** Numbers that the V1 encoding of Yjs gives to kinds of struct, content and shared type. */
const STRUCT = { gc: 0, skip: 10 } as const;
const CONTENT = { deleted: 1, words: 4, mark: 6, type: 7, attribute: 8 } as const;
const TYPE = { element: 3, run: 6 } as const;
const INFO = { kind: 0b1_1111, hasKey: 0b10_0000, hasRight: 0b100_0000, hasLeft: 0b1000_0000 } as const;
/** Longest name of a node, mark or attribute, and longest value of a mark, as JSON, and of an attribute; ours are shorter. */
const NAME = 32;
const MARK_VALUE = 128;
const ATTRIBUTE_VALUE = 32;
/** Values that one struct may hold: an attribute that was set so often in one sitting. */
const VALUES = 1_000;

const root = new TextEncoder().encode(TEXT_FRAGMENT);

/** fault: what is wrong with the bytes, or null. pieces: structs and ranges that were walked over until then. */
export type Scan = { readonly fault: string | null; readonly pieces: number };

type Walk = { readonly decoder: Decoder; pieces: number };

/**
 * Walks over the bytes of an update without making anything of them: a small update may ask for twenty thousand
 * documents, or to delete the same words sixty thousand times [W17]. Our editors send known content only, and what they
 * delete in order and once. Never throws.
 */
export function scan(data: Uint8Array): Scan {
  const walk: Walk = { decoder: decoding.createDecoder(data), pieces: 0 };
  return { fault: faultOn(walk), pieces: walk.pieces };
}

function faultOn(walk: Walk): string | null {
  const { decoder } = walk;
  try {
    const fault = structsFault(walk) ?? deletionsFault(walk);
    // Lengths are added to the position unseen: past the end means that they lied.
    return fault ?? (decoder.pos === decoder.arr.byteLength ? null : 'end');
  } catch {
    return 'unreadable';
  }
}

function structsFault(walk: Walk): string | null {
  const { decoder } = walk;
  const { byteLength } = decoder.arr;
  let left: number = byteLength > DOORS.updateBytes ? TEXT_LIMITS.answerStructs : TEXT_LIMITS.structs;
  const clients = new Set<number>();
  for (let blocks = decoding.readVarUint(decoder); blocks > 0; blocks -= 1) {
    const structs = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    left -= structs;
    if (left < 0) return 'structs';
    // Yjs keeps only the last block of a client when an update names one twice; ours name each once.
    if (structs === 0 || clients.has(client)) return 'blocks';
    clients.add(client);
    for (let index = 0; index < structs; index += 1) {
      walk.pieces += 1;
      const fault = structFault(walk);
      if (fault !== null) return fault;
      if (decoder.pos > byteLength) return 'end';
    }
  }
  return null;
}

function structFault(walk: Walk): string | null {
  const { decoder } = walk;
  const info = decoding.readUint8(decoder);
  if ((info & INFO.kind) === STRUCT.gc || info === STRUCT.skip) {
    decoding.readVarUint(decoder);
    return null;
  }
  const hasLeft = (info & INFO.hasLeft) !== 0;
  const hasRight = (info & INFO.hasRight) !== 0;
  if (hasLeft) skipId(decoder);
  if (hasRight) skipId(decoder);
  if (!hasLeft && !hasRight) {
    if (decoding.readVarUint(decoder) !== 1) skipId(decoder);
    else if (!readsRoot(decoder)) return 'root';
    if ((info & INFO.hasKey) !== 0 && !skipString(decoder, NAME)) return 'attribute';
  }
  return contentFault(walk, info & INFO.kind);
}

function contentFault(walk: Walk, content: number): string | null {
  const { decoder } = walk;
  switch (content) {
    case CONTENT.deleted:
      decoding.readVarUint(decoder);
      return null;
    case CONTENT.words:
      skipString(decoder, Number.POSITIVE_INFINITY);
      return null;
    case CONTENT.mark:
      return skipString(decoder, NAME) && skipString(decoder, MARK_VALUE) ? null : 'mark';
    case CONTENT.type: {
      const type = decoding.readVarUint(decoder);
      if (type === TYPE.run) return null;
      return type === TYPE.element && skipString(decoder, NAME) ? null : 'shared type';
    }
    case CONTENT.attribute:
      return skipValues(walk) ? null : 'attribute';
    default:
      return `content ${content}`;
  }
}

function skipId(decoder: Decoder): void {
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
}

/** False: longer than it may be. */
function skipString(decoder: Decoder, most: number): boolean {
  const length = decoding.readVarUint(decoder);
  decoder.pos += length;
  return length <= most;
}

function readsRoot(decoder: Decoder): boolean {
  const length = decoding.readVarUint(decoder);
  const from = decoder.pos;
  decoder.pos += length;
  return length === root.byteLength && root.every((byte, index) => decoder.arr[from + index] === byte);
}

/** Several values when Yjs has joined an attribute with the ones that it took the place of. */
function skipValues(walk: Walk): boolean {
  const { decoder } = walk;
  const values = decoding.readVarUint(decoder);
  if (values > VALUES) return false;
  walk.pieces += values;
  for (let left = values; left > 0; left -= 1) if (!skipPlain(decoder)) return false;
  return true;
}

/** Passes over a value that holds no other: lib0 numbers its kinds down from 127. */
function skipPlain(decoder: Decoder): boolean {
  switch (decoding.readUint8(decoder)) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return true;
    case 125: // integer
      decoding.readVarInt(decoder);
      return true;
    case 124: // float32
      decoder.pos += 4;
      return true;
    case 123: // float64
      decoder.pos += 8;
      return true;
    case 119: // string
      return skipString(decoder, ATTRIBUTE_VALUE);
    default:
      return false;
  }
}

/**
 * Each client once, and of each its ranges in order and apart: Yjs walks every range to its end, however often it has
 * been there.
 */
function deletionsFault(walk: Walk): string | null {
  const { decoder } = walk;
  let left: number = TEXT_LIMITS.deletions;
  const clients = new Set<number>();
  for (let blocks = decoding.readVarUint(decoder); blocks > 0; blocks -= 1) {
    const client = decoding.readVarUint(decoder);
    const ranges = decoding.readVarUint(decoder);
    left -= ranges;
    if (left < 0 || ranges === 0 || clients.has(client)) return 'deletions';
    clients.add(client);
    let reach = 0;
    for (let index = 0; index < ranges; index += 1) {
      walk.pieces += 1;
      const clock = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      if (clock < reach || length < 1) return 'deletions';
      reach = clock + length;
    }
  }
  return null;
}
