import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import type { Chance } from '../../load/chance.ts';
import { typeInto } from './yjs-words.ts';

const KNOWN: ReadonlySet<number> = new Set(Object.values(COLLAB_MESSAGE));
const SYNC_STATE = 0;
const SYNC_ANSWER = 1;
const SYNC_UPDATE = 2;
/** Queries carry nothing, these a piece of bytes. */
const WITH_BYTES: ReadonlySet<number> = new Set([COLLAB_MESSAGE.awareness, COLLAB_MESSAGE.barrier]);

/** Frames that no client of ours sends: random, cut short, with bytes changed, with huge numbers, of another encoding. */
export function mischiefMaker(chance: Chance): () => Uint8Array {
  const model = new Y.Doc();
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => chance.below(256));
  const honest = () => {
    const before = Y.encodeStateVector(model);
    typeInto(model, '恶意');
    return Y.encodeStateAsUpdate(model, before);
  };
  const changed = () => {
    const update = honest();
    for (let changes = 1 + chance.below(4); changes > 0; changes -= 1)
      update[chance.below(update.length)] = chance.below(256);
    return update;
  };
  const kinds: readonly [() => Uint8Array, ...(() => Uint8Array)[]] = [
    () => bytes(chance.below(60)),
    () => Uint8Array.of(unknownType(chance), ...bytes(chance.below(20))),
    () => updateFrame(bytes(1 + chance.below(60))),
    () => updateFrame(cut(honest(), chance)),
    () => updateFrame(changed()),
    () => updateFrame(changed()),
    () => updateFrame(hugeNumbers(chance)),
    () => updateFrame(Y.convertUpdateFormatV1ToV2(honest())),
    () => cut(updateFrame(honest()), chance),
    () => Uint8Array.of(COLLAB_MESSAGE.awareness, ...bytes(1 + chance.below(40))),
  ];
  return () => chance.pick(kinds)();
}

/**
 * Whether a frame is none at all, or carries an update that Yjs cannot read: of such nothing may be acknowledged. Asks
 * Yjs and the protocol and nothing of ours, or what our own reading lets through would never be missed.
 */
export function isUnreadable(frame: Uint8Array): boolean {
  try {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === COLLAB_MESSAGE.queryAwareness) return false;
    if (type !== COLLAB_MESSAGE.sync) {
      decoding.readVarUint8Array(decoder);
      return !WITH_BYTES.has(type);
    }
    const inner = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (inner === SYNC_STATE) return false;
    if (inner !== SYNC_ANSWER && inner !== SYNC_UPDATE) return true;
    Y.decodeUpdate(bytes);
    return false;
  } catch {
    return true;
  }
}

function updateFrame(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    encoding.writeVarUint(encoder, SYNC_UPDATE);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** Blocks, structs, clocks or deletions without number. */
function hugeNumbers(chance: Chance): Uint8Array {
  const huge = () => chance.pick([2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER] as const);
  return encoding.encode((encoder) => {
    for (let count = 1 + chance.below(8); count > 0; count -= 1)
      encoding.writeVarUint(encoder, chance.next() < 0.5 ? huge() : chance.below(4));
  });
}

function cut(bytes: Uint8Array, chance: Chance): Uint8Array {
  return bytes.slice(0, chance.below(bytes.length));
}

function unknownType(chance: Chance): number {
  const type = 4 + chance.below(120);
  return KNOWN.has(type) ? 4 : type;
}
