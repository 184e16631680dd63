import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { rootedBy, uprooted } from './uprooted.ts';

const textOf = (doc: Y.Doc) => doc.getXmlFragment(TEXT_FRAGMENT);

function block(kind: string, words: string): Y.XmlElement {
  const element = new Y.XmlElement(kind);
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}

/** Two who have the same paragraphs. */
function stage(...paragraphs: readonly string[]) {
  const [writer, other] = [new Y.Doc(), new Y.Doc()];
  textOf(writer).insert(
    0,
    paragraphs.map((words) => block('paragraph', words)),
  );
  Y.applyUpdate(other, Y.encodeStateAsUpdate(writer));
  return { writer, other };
}

function runAt(doc: Y.Doc, index: number): Y.XmlText {
  const run = (textOf(doc).get(index) as Y.XmlElement).get(0);
  if (!(run instanceof Y.XmlText)) throw new Error('no run');
  return run;
}

/** The writer writes these words behind so many letters of a paragraph, and nobody hears of it yet. */
function spell(
  doc: Y.Doc,
  words: string,
  { paragraph = 0, at }: { paragraph?: number; at: number },
): Uint8Array {
  const before = Y.encodeStateVector(doc);
  runAt(doc, paragraph).insert(at, words);
  return Y.encodeStateAsUpdate(doc, before);
}

/** What the other one did comes in; where do the words belong now? */
function placeAfter({ writer, other }: { writer: Y.Doc; other: Y.Doc }, update: Uint8Array) {
  const [rooted] = rootedBy(writer, update);
  if (rooted === undefined) throw new Error('no words');
  let since: ReadonlyMap<number, number> = new Map();
  writer.transact((transaction) => {
    since = transaction.beforeState;
    Y.applyUpdate(writer, Y.encodeStateAsUpdate(other));
  });
  const place = uprooted(writer, since, rooted);
  return place && { letters: place.run.toString(), at: place.at, words: place.words };
}

/** As an editor does it: Yjs moves nothing. */
function remake(doc: Y.Doc, index: number, element: Y.XmlElement): void {
  doc.transact(() => {
    textOf(doc).delete(index, 1);
    textOf(doc).insert(index, [element]);
  });
}

describe(rootedBy.name, () => {
  it('finds the words between what stood there, also right behind what the same person wrote', () => {
    const { writer } = stage('甲乙丙丁');
    runAt(writer, 0).insert(2, '先');
    const update = spell(writer, '商量', { at: 3 });
    expect(rootedBy(writer, update)).toMatchObject([{ before: '甲乙先', words: '商量', after: '丙丁' }]);
  });

  it('finds nothing in an edit that only takes away, or whose words are gone again', () => {
    const { writer } = stage('甲乙丙丁');
    const update = spell(writer, '商量', { at: 2 });
    const before = Y.encodeStateVector(writer);
    runAt(writer, 0).delete(2, 2);
    expect(rootedBy(writer, update)).toEqual([]);
    expect(rootedBy(writer, Y.encodeStateAsUpdate(writer, before))).toEqual([]);
  });
});

describe(uprooted.name, () => {
  it('lets words be whose paragraph is still there [W13]', () => {
    const hall = stage('甲乙丙丁');
    const update = spell(hall.writer, '商量', { at: 2 });
    runAt(hall.other, 0).insert(1, '前');
    expect(placeAfter(hall, update)).toBeNull();
  });

  it('finds the heading that took the place of the paragraph, among others [W13]', () => {
    const hall = stage('甲乙丙', '甲乙丙丁', '乙丙丁');
    const update = spell(hall.writer, '商量', { paragraph: 1, at: 2 });
    remake(hall.other, 1, block('heading', '甲乙丙丁'));
    expect(placeAfter(hall, update)).toEqual({ letters: '甲乙丙丁', at: 2, words: '商量' });
  });

  it('finds an item of a list, where letters came and went beside the words [W13]', () => {
    const hall = stage('甲乙丙丁戊己');
    const update = spell(hall.writer, '商量', { at: 3 });
    const [list, item] = [new Y.XmlElement('bulletList'), new Y.XmlElement('listItem')];
    item.insert(0, [block('paragraph', '新甲乙丙丁己')]);
    list.insert(0, [item]);
    remake(hall.other, 0, list);
    expect(placeAfter(hall, update)).toEqual({ letters: '新甲乙丙丁己', at: 4, words: '商量' });
  });

  it('puts nothing into another paragraph when theirs was taken away for good', () => {
    const hall = stage('甲乙丙丁', '别的');
    const update = spell(hall.writer, '商量', { at: 2 });
    remake(hall.other, 0, block('paragraph', '完全不同的一段'));
    expect(placeAfter(hall, update)).toBeNull();
  });
});
