import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { heardLine } from '../testing/heard-line.ts';
import { memoryLog, openQueue } from '../testing/queue-stage.ts';
import { differences } from '../testing/text-settled.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { logDoc } from './log-doc.ts';
import { readFrame } from './wire.ts';

/** Two people who make the same words bold at once: of two pairs of marks one becomes needless. */
function bothBold() {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  typeInto(one, '一起改的字');
  const words = Y.encodeStateAsUpdate(one);
  Y.applyUpdate(other, words);
  const before = Y.encodeStateVector(one);
  for (const doc of [one, other]) {
    const paragraph = doc.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement;
    (paragraph.get(0) as Y.XmlText).format(0, 5, { bold: {} });
  }
  return [words, Y.encodeStateAsUpdate(one, before), Y.encodeStateAsUpdate(other, before)] as const;
}

describe('logDoc', () => {
  it('holds what the log says and nothing of its own, in whatever pieces it came [W2]', () => {
    const rows = bothBold();
    const [atOnce, oneByOne] = [logDoc(), logDoc()];
    for (const row of rows) Y.applyUpdate(oneByOne, row);
    atOnce.transact(() => rows.forEach((row) => Y.applyUpdate(atOnce, row)));
    expect(differences(oneByOne, atOnce)).toEqual([]);
    expect(Y.snapshot(oneByOne).ds.clients.size).toBe(0);
  });

  it('shows every reader each of two edits that make a mark needless [W2]', async () => {
    const { documentLog, rows } = memoryLog();
    const { text } = await openQueue(documentLog);
    const reader = logDoc();
    const line = heardLine({
      write: (framed) => {
        const message = readFrame(framed.subarray(framed[1] === 126 ? 4 : 2));
        if (message?.kind === 'update') Y.applyUpdate(reader, message.data);
      },
    });
    text.readers.add(line);
    for (const [index, data] of bothBold().entries()) {
      rows.push({ seq: index + 1, data });
      await text.catchUp();
    }
    const stored = logDoc();
    for (const { data } of rows) Y.applyUpdate(stored, data);
    await vi.waitFor(() => expect(differences(reader, stored)).toEqual([]));
  });
});
