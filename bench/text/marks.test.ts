import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { eachMark, markOf, marksIn } from './marks.ts';

function found(bytes: Uint8Array): readonly number[] {
  const numbers: number[] = [];
  eachMark(bytes, (n) => numbers.push(n));
  return numbers;
}

describe('eachMark', () => {
  it('finds what was typed in the update of a Y.Doc, also when Yjs has merged it', () => {
    const doc = new Y.Doc();
    const text = doc.getText('t');
    for (const n of [0, 7, 999_999]) text.insert(text.length, markOf(n));
    expect(found(Y.encodeStateAsUpdate(doc))).toEqual([0, 7, 999_999]);
    expect(marksIn(text.toString())).toEqual([0, 7, 999_999]);
  });

  it('takes no bytes for a mark that are none', () => {
    expect(found(Buffer.from('[[000001][00000x][00002][00003]] [000004'))).toEqual([1]);
  });
});
