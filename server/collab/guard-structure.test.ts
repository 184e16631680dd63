import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CITATION_LETTERS, CITED_KINDS } from '../../core/domain/citation.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { citation } from '../../core/testing/cited-texts.ts';
import { honestText, MISPLACED } from '../testing/misplaced.ts';
import { copyOf, verdictOn } from '../testing/verdicts.ts';

describe('judge, of what stands where', () => {
  it.each(Object.entries(MISPLACED))('refuses %s [W5] [W11]', (_what, misplace) => {
    const server = new Y.Doc();
    honestText(server);
    const attacker = copyOf(server);
    misplace(attacker);
    const update = Y.encodeStateAsUpdate(attacker, Y.encodeStateVector(server));
    expect(verdictOn(update, server)).toMatchObject({ kind: 'malformed' });
  });

  it('takes a citation of every kind, put, cited anew and taken out [O4]', () => {
    const server = new Y.Doc();
    honestText(server);
    const writer = copyOf(server);
    const run = (writer.getXmlFragment(TEXT_FRAGMENT).get(1) as Y.XmlElement).get(0) as Y.XmlText;
    for (const [n, kind] of CITED_KINDS.entries()) {
      run.insert(2, CITATION_LETTERS[n] ?? '', { citation: citation(n, kind) });
      run.format(2, 1, { citation: citation(n + 10, kind) });
    }
    run.format(0, run.length, { bold: {} });
    run.delete(2, 1);
    run.format(2, 1, { citation: null });
    const update = Y.encodeStateAsUpdate(writer, Y.encodeStateVector(server));
    expect(verdictOn(update, server)).toMatchObject({ kind: 'fresh' });
  });

  it('takes an attribute that Yjs has joined with the ones before it, as it does while undo keeps them [W11]', () => {
    const bytesOf = (words: string) => [words.length, ...new TextEncoder().encode(words)];
    const list = [7, 1, ...bytesOf(TEXT_FRAGMENT), 3, ...bytesOf('orderedList')];
    const starts = (...values: number[]) => [
      0x28,
      0,
      5,
      0,
      ...bytesOf('start'),
      values.length,
      ...values.flatMap((value) => [125, value]),
    ];
    const update = (attribute: number[]) => Uint8Array.from([1, 2, 5, 0, ...list, ...attribute, 0]);
    expect(verdictOn(update(starts(1, 6)), new Y.Doc())).toMatchObject({ kind: 'fresh', clients: [5] });
    // The second is below nought.
    expect(verdictOn(update(starts(1, 0x46)), new Y.Doc())).toMatchObject({ kind: 'malformed' });
  });

  it('takes whatever comes into what was deleted meanwhile, because nobody will see it [W11]', () => {
    const server = new Y.Doc();
    honestText(server);
    const late = copyOf(server);
    const list = late.getXmlFragment(TEXT_FRAGMENT).get(2) as Y.XmlElement;
    server.getXmlFragment(TEXT_FRAGMENT).delete(0, 3);
    const before = Y.encodeStateVector(late);
    const point = new Y.XmlElement('listItem');
    point.insert(0, [new Y.XmlElement('paragraph')]);
    list.push([point]);
    const heading = late.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement;
    heading.setAttribute('level', 2 as unknown as string);
    (heading.get(0) as Y.XmlText).insert(1, '字');
    (heading.get(0) as Y.XmlText).format(0, 2, { bold: {} });
    expect(verdictOn(Y.encodeStateAsUpdate(late, before), server)).toMatchObject({ kind: 'fresh' });
  });

  it('takes the rest of words that it half knows, and refuses a rest that stands elsewhere [W5]', () => {
    const bytesOf = (words: string) => [words.length, ...new TextEncoder().encode(words)];
    const node = [7, 1, ...bytesOf(TEXT_FRAGMENT), 3, ...bytesOf('paragraph')];
    const run = (parent: number) => [7, 0, 5, parent, 6];
    const words = (parent: number, letters: string) => [4, 0, 5, parent, ...bytesOf(letters)];
    const server = new Y.Doc();
    // Client 5: two paragraphs with a run each, numbers 0 to 3, and two letters in the first run.
    const base = [[1, 5, 5, 0], node, run(0), node, run(2), words(1, 'ab'), [0]];
    Y.applyUpdate(server, Uint8Array.from(base.flat()));
    const rest = (parent: number) => Uint8Array.from([1, 1, 5, 4, ...words(parent, 'abc'), 0]);
    expect(verdictOn(rest(1), server)).toMatchObject({ kind: 'fresh', clients: [5] });
    expect(verdictOn(rest(3), server)).toMatchObject({ kind: 'malformed', why: 'place' });
  });

  it('takes an answer in which a later client builds on a long line of an earlier one [W5]', () => {
    const doc = new Y.Doc();
    doc.clientID = 5;
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    for (let count = 0; count < 500; count += 1) fragment.push([new Y.XmlElement('paragraph')]);
    const later = new Y.Doc();
    later.clientID = 9;
    Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
    later.getXmlFragment(TEXT_FRAGMENT).push([new Y.XmlElement('paragraph')]);
    expect(verdictOn(Y.encodeStateAsUpdate(later), new Y.Doc())).toMatchObject({
      kind: 'fresh',
      clients: [9, 5],
    });
  });

  it('refuses structs of two clients that hang on each other in a circle [W5]', () => {
    const paragraph = [3, 9, ...new TextEncoder().encode('paragraph')];
    // Client 5 beside number 0 of client 6, and the other way round.
    const beside = (client: number, other: number) => [1, client, 0, 0x87, other, 0, ...paragraph];
    const circle = Uint8Array.from([2, ...beside(6, 5), ...beside(5, 6), 0]);
    expect(verdictOn(circle, new Y.Doc())).toMatchObject({ kind: 'malformed', why: 'circle' });
  });
});
