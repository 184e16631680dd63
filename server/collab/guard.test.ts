import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { copyOf, verdictOn } from '../testing/verdicts.ts';
import { bringsMore, judge, readUpdate } from './guard.ts';
import { createHorizon } from './horizon.ts';

const seed = randomBytes(4).readInt32BE();

function write(doc: Y.Doc, words: string): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    fragment.push([paragraph]);
  });
  return Y.encodeStateAsUpdate(doc, before);
}

describe('judge', () => {
  it('takes what an editor makes, and names whose structs are new [W4]', () => {
    const doc = new Y.Doc();
    expect(verdictOn(write(doc, '一段'), new Y.Doc())).toMatchObject({
      kind: 'fresh',
      clients: [doc.clientID],
    });
  });

  it('calls a repeated update, and a whole state that is known, nothing', () => {
    const doc = new Y.Doc();
    const update = write(doc, '一段');
    doc.getXmlFragment(TEXT_FRAGMENT).delete(0, 1);
    write(doc, '二段');
    expect(verdictOn(update, doc)).toMatchObject({ kind: 'nothing' });
    expect(verdictOn(Y.encodeStateAsUpdate(doc), copyOf(doc))).toMatchObject({ kind: 'nothing' });
    expect(verdictOn(new Uint8Array([0, 0]), new Y.Doc())).toMatchObject({ kind: 'nothing' });
  });

  it('calls a mere deletion fresh, though the state vector stays', () => {
    const doc = new Y.Doc();
    write(doc, '一段');
    const server = copyOf(doc);
    doc.getXmlFragment(TEXT_FRAGMENT).delete(0, 1);
    expect(verdictOn(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)), server)).toMatchObject({
      kind: 'fresh',
      clients: [],
    });
  });

  it('sees that something is missing: clocks, neighbours, deleted words [W5]', () => {
    const doc = new Y.Doc();
    write(doc, '一段');
    const server = copyOf(doc);
    const empty = new Y.Doc();
    const second = write(doc, '二段');
    expect(verdictOn(second, server).kind).toBe('fresh');
    expect(verdictOn(second, empty)).toMatchObject({ kind: 'gap' });
    const other = copyOf(doc);
    const third = write(other, '三段');
    expect(verdictOn(third, empty)).toMatchObject({ kind: 'gap' });
    const before = Y.encodeStateVector(doc);
    doc.getXmlFragment(TEXT_FRAGMENT).delete(0, 1);
    expect(verdictOn(Y.encodeStateAsUpdate(doc, before), empty)).toMatchObject({ kind: 'gap' });
  });

  it('judges a later update of a batch after the earlier ones', () => {
    const doc = new Y.Doc();
    const [first, second] = [readUpdate(write(doc, '一段')), readUpdate(write(doc, '二段'))];
    if (first === null || second === null) throw new Error('unreadable');
    const horizon = createHorizon(new Y.Doc());
    expect(judge(second, horizon).kind).toBe('gap');
    expect(judge(first, horizon).kind).toBe('fresh');
    horizon.take(first.structs);
    expect(judge(second, horizon).kind).toBe('fresh');
    expect(judge(first, horizon).kind).not.toBe('gap');
  });

  it.each([
    ['a client twice', [2, 1, 5, 0, 0, 1, 1, 5, 1, 0, 1, 0]],
    ['an empty struct', [1, 1, 5, 0, 0, 0, 0]],
    ['a struct of two million', [1, 1, 5, 0, 0, 0x80, 0x89, 0x7a, 0]],
    ['an empty deletion', [0, 1, 5, 1, 0, 0]],
    ['a deletion of 2^53', [0, 1, 5, 1, 0, 255, 255, 255, 255, 255, 255, 255, 15]],
  ])('refuses %s [W5]', (_what, bytes) => {
    expect(['malformed', 'gap']).toContain(verdictOn(new Uint8Array(bytes), new Y.Doc()).kind);
  });

  it('refuses words that hang on themselves, over which Yjs would fall [W5]', () => {
    const bytesOf = (words: string) => [words.length, ...new TextEncoder().encode(words)];
    // Client 5: a paragraph in the text, its words' type, and letters whose parent is number 2: themselves.
    const letters = (parent: number) =>
      Uint8Array.from(
        [
          [1, 3, 5, 0],
          [7, 1, ...bytesOf(TEXT_FRAGMENT), 3, ...bytesOf('paragraph')],
          [7, 0, 5, 0, 6],
          [4, 0, 5, parent, ...bytesOf('ab'), 0],
        ].flat(),
      );
    expect(verdictOn(letters(1), new Y.Doc()).kind).toBe('fresh');
    for (const parent of [2, 3])
      expect(verdictOn(letters(parent), new Y.Doc())).toMatchObject({ kind: 'malformed', why: 'future' });
  });

  it('lets the tree grow so deep and no deeper [W5]', () => {
    const nest = (depth: number) => {
      const doc = new Y.Doc();
      doc.transact(() => {
        let parent: Y.XmlFragment = doc.getXmlFragment(TEXT_FRAGMENT);
        for (let level = 0; level < depth; level += 1) {
          const child = new Y.XmlElement('blockquote');
          parent.insert(0, [child]);
          parent = child;
        }
      });
      return Y.encodeStateAsUpdate(doc);
    };
    expect(verdictOn(nest(40), new Y.Doc()).kind).toBe('fresh');
    expect(verdictOn(nest(41), new Y.Doc())).toMatchObject({ kind: 'malformed', why: 'depth' });
    expect(verdictOn(nest(20_000), new Y.Doc())).toMatchObject({ kind: 'malformed', why: 'depth' });
  });

  it(`never throws, never lets anything pending through, whatever the bytes (seed ${seed}) [W5]`, () => {
    const base = new Y.Doc();
    write(base, '底稿');
    const editor = copyOf(base);
    const honest = write(editor, '诚实的一段');
    const bent = fc
      .array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const bytes = Uint8Array.from(honest);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(bent, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        const verdict = verdictOn(bytes, base);
        if (verdict.kind !== 'fresh') return;
        const copy = copyOf(base);
        Y.applyUpdate(copy, bytes);
        expect(copy.store.pendingStructs).toBeNull();
        expect(copy.store.pendingDs).toBeNull();
      }),
      { seed, numRuns: 5_000 },
    );
  });
});

describe('bringsMore', () => {
  const holds = (data: Uint8Array, doc: Y.Doc): boolean => {
    const update = readUpdate(data);
    if (update === null) throw new Error('unreadable');
    return bringsMore(update, doc);
  };

  it('tells words from deletions, also in the whole of a text that is known', () => {
    const doc = new Y.Doc();
    const first = write(doc, '一段');
    const server = copyOf(doc);
    doc.getXmlFragment(TEXT_FRAGMENT).delete(0, 1);
    expect(holds(first, new Y.Doc())).toBe(true);
    expect(holds(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)), server)).toBe(false);
    expect(holds(Y.encodeStateAsUpdate(doc), server)).toBe(false);
    expect(holds(write(doc, '二段'), server)).toBe(true);
  });
});
