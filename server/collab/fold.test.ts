import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { chanceOf } from '../../load/chance.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { seedOf } from '../testing/text-stage.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { foldText, snapshotOf } from './fold.ts';

/** What three people write, take out and make bold at once, as rows of a log. */
function randomLog(seed: number): { data: Uint8Array }[] {
  const chance = chanceOf(seed);
  const rows: { data: Uint8Array }[] = [];
  const docs = Array.from({ length: 3 }, () => new Y.Doc());
  const heard = docs.map(() => 0);
  for (const [index, doc] of docs.entries()) {
    doc.clientID = 1_000 + index;
    doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') rows.push({ data });
    });
  }
  for (let step = 0; step < 120; step += 1) {
    const index = chance.below(3);
    const doc = docs[index]!;
    if (chance.next() < 0.4) {
      for (const { data } of rows.slice(heard[index])) Y.applyUpdate(doc, data, 'heard');
      heard[index] = rows.length;
    }
    const paragraph = doc.getXmlFragment(TEXT_FRAGMENT).get(0);
    const words = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    const roll = chance.next();
    if (!(words instanceof Y.XmlText) || words.length < 3) typeInto(doc, '协商');
    else if (roll < 0.5) words.insert(chance.below(words.length), String(step));
    else if (roll < 0.75) words.delete(chance.below(words.length - 1), 1);
    else words.format(chance.below(words.length - 2), 2, { bold: chance.next() < 0.7 ? {} : null });
  }
  return rows;
}

const same = (one: Y.Doc, other: Y.Doc) => Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));
const loaded = (snapshot: Uint8Array) => foldText({ snapshot, updates: [] });

describe(snapshotOf.name, () => {
  const seed = seedOf();
  it(`is what the rows fold to, at once or in two parts cut anywhere (seed ${seed}) [W12]`, () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const updates = randomLog(seed + turn);
      const whole = foldText({ snapshot: null, updates });
      expect(same(loaded(snapshotOf({ snapshot: null, updates })), whole)).toBe(true);
      const cut = chanceOf(seed - turn).below(updates.length);
      const first = snapshotOf({ snapshot: null, updates: updates.slice(0, cut) });
      const both = loaded(snapshotOf({ snapshot: first, updates: updates.slice(cut) }));
      expect(same(both, whole)).toBe(true);
      expect(both.getXmlFragment(TEXT_FRAGMENT).toJSON()).toBe(whole.getXmlFragment(TEXT_FRAGMENT).toJSON());
    }
  });

  it('folds a log as every process reads it: what builds on nothing in it is skipped', () => {
    const doc = new Y.Doc();
    const updates: { data: Uint8Array }[] = [];
    doc.on('update', (data: Uint8Array) => updates.push({ data }));
    for (const word of ['一', '二', '三']) typeInto(doc, word);
    const holed = [updates[0]!, updates[2]!];
    const read = loaded(snapshotOf({ snapshot: null, updates: holed }));
    expect([same(read, foldText({ snapshot: null, updates: holed })), read.store.pendingStructs]).toEqual([
      true,
      null,
    ]);
  });
});
