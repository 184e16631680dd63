import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { chanceOf } from '../../load/chance.ts';
import { isUnreadable, mischiefMaker } from './malformed.ts';
import { typeInto } from './yjs-words.ts';

function syncFrame(inner: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    encoding.writeVarUint(encoder, inner);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

const doc = new Y.Doc();
typeInto(doc, '照写');
const honest = Y.encodeStateAsUpdate(doc);

describe(isUnreadable.name, () => {
  it.each([
    ['an honest edit', syncFrame(2, honest)],
    ['an honest answer', syncFrame(1, honest)],
    ['a state vector', syncFrame(0, Y.encodeStateVector(doc))],
    ['a question for cursors', Uint8Array.of(COLLAB_MESSAGE.queryAwareness)],
    ['a barrier', Uint8Array.of(COLLAB_MESSAGE.barrier, 1, 7)],
  ])('can read %s', (_what, frame) => {
    expect(isUnreadable(frame)).toBe(false);
  });

  it.each([
    ['no bytes at all', new Uint8Array()],
    ['an edit that ends early', syncFrame(2, honest.slice(0, -1))],
    ['a frame that ends early', syncFrame(2, honest).slice(0, -1)],
    ['more structs than there are', syncFrame(2, Uint8Array.of(1, 255, 255, 255, 15, 5, 0))],
    ['a sync message of no kind', syncFrame(3, honest)],
    ['a type that nobody knows', Uint8Array.of(99, 0)],
    ['what only the server says', Uint8Array.of(COLLAB_MESSAGE.refused, 1, 65)],
    ['a barrier without its mark', Uint8Array.of(COLLAB_MESSAGE.barrier)],
  ])('cannot read %s', (_what, frame) => {
    expect(isUnreadable(frame)).toBe(true);
  });

  it('reads some of what the mischief maker makes, and not all of it', () => {
    const next = mischiefMaker(chanceOf(1));
    const unreadable = Array.from({ length: 1_000 }, next).filter(isUnreadable).length;
    expect(unreadable).toBeGreaterThan(300);
    expect(unreadable).toBeLessThan(1_000);
  });
});
