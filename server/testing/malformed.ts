import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import type { Chance } from '../../load/chance.ts';
import { readUpdate } from '../collab/guard.ts';
import { readFrame } from '../collab/wire.ts';
import { typeInto } from './yjs-words.ts';

const KNOWN: ReadonlySet<number> = new Set(Object.values(COLLAB_MESSAGE));
const SYNC_UPDATE = 2;

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

/** Whether a frame is none at all, or carries an update that cannot even be read: of such nothing may be acknowledged. */
export function isUnreadable(frame: Uint8Array): boolean {
  const message = readFrame(frame);
  if (message === null || message.kind === 'unknown') return true;
  return message.kind === 'update' && readUpdate(message.data) === null;
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
