import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { readUpdate } from './guard.ts';
import { makesLonger } from './longer.ts';

/** Somebody's text behind what the server has of it. gc: deleted words are kept for nobody's undo. */
function behind(gc: boolean) {
  const server = new Y.Doc();
  const own = new Y.Doc({ gc });
  typeInto(own, '早就在的话');
  Y.applyUpdate(server, Y.encodeStateAsUpdate(own));
  const answer = (): boolean => {
    const update = readUpdate(Y.encodeStateAsUpdate(own, Y.encodeStateVector(server)));
    if (update === null) throw new Error('unreadable');
    return makesLonger(update, server);
  };
  const words = (): Y.XmlText => {
    const paragraph = own.getXmlFragment(TEXT_FRAGMENT).get(0);
    const first = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    if (!(first instanceof Y.XmlText)) throw new Error('no words');
    return first;
  };
  return { own, words, answer };
}

describe(makesLonger.name, () => {
  it.each([true, false])('is nothing that only deletes, or brings what it deletes (gc %s)', (gc) => {
    const { own, words, answer } = behind(gc);
    expect(answer()).toBe(false);
    words().delete(0, 2);
    expect(answer()).toBe(false);
    typeInto(own, '写不进的话');
    expect(answer()).toBe(true);
    words().delete(4, 3);
    expect(answer()).toBe(true);
    words().delete(0, words().length);
    expect(answer()).toBe(false);
    own.getXmlFragment(TEXT_FRAGMENT).push([new Y.XmlElement('paragraph')]);
    expect(answer()).toBe(true);
    own.getXmlFragment(TEXT_FRAGMENT).delete(0, 2);
    expect(answer()).toBe(false);
  });

  it('is whatever reaches beyond what is deleted, at either end', () => {
    const doc = new Y.Doc();
    typeInto(doc, '四个字句');
    const update = readUpdate(Y.encodeStateAsUpdate(doc));
    if (update === null) throw new Error('unreadable');
    const { client } = update.structs[0]?.id ?? { client: 0 };
    const reach = Y.getState(doc.store, client);
    const deleting = (clock: number, len: number) =>
      makesLonger({ ...update, deletions: new Map([[client, [{ clock, len }]]]) }, new Y.Doc());
    expect([deleting(0, reach), deleting(0, reach - 1), deleting(1, reach - 1)]).toEqual([false, true, true]);
  });
});
