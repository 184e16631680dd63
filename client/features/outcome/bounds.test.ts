// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DOORS } from '../../../core/contract/limits.ts';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import { Bounds } from './bounds.ts';
import { sharedExtensions } from './extensions.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
});

function stage(mayGrow = () => true) {
  const doc = new Y.Doc();
  const refused: string[] = [];
  const sent: number[] = [];
  doc.on('update', (update: Uint8Array) => sent.push(update.byteLength));
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
      Bounds.configure({ mayGrow, onRefused: (reason) => refused.push(reason) }),
    ],
  });
  open.push(editor);
  return { doc, editor, refused, sent };
}

describe(Bounds.name, () => {
  it('refuses what the server would not take, and says so [W5]', () => {
    const { editor, refused } = stage();
    editor.commands.insertContent('开头');
    editor.commands.insertContent(`<p>${'法'.repeat(80_000)}</p>`);
    expect(refused).toEqual(['UPDATE_TOO_LARGE']);
    expect(editor.getText()).toBe('开头');
  });

  it('lets nothing through that is larger on the wire than the server takes, however it is cut up', () => {
    const { editor, refused, sent } = stage();
    for (const [blocks, letters] of [
      [1, 66_000],
      [600, 80],
      [1_200, 4],
    ] as const)
      editor.commands.setContent(
        `<ul>${`<li><p><b>${'条'.repeat(letters)}</b></p></li>`.repeat(blocks)}</ul>`,
      );
    expect(sent.length).toBeGreaterThan(0);
    expect(Math.max(...sent)).toBeLessThan(DOORS.updateBytes);
    expect(refused.length).toBeGreaterThan(0);
  });

  it('lets a full text shrink, and others’ words in', () => {
    let isFull = false;
    const { doc, editor, refused } = stage(() => !isFull);
    editor.commands.insertContent('一二三四');
    isFull = true;
    editor.commands.insertContentAt(1, '多');
    expect(refused).toEqual(['TEXT_FULL']);
    editor.commands.deleteRange({ from: 1, to: 3 });
    expect(editor.getText()).toBe('三四');
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('别人写的')]);
    other.getXmlFragment(TEXT_FRAGMENT).push([paragraph]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(editor.getText()).toContain('别人写的');
    expect(refused).toEqual(['TEXT_FULL']);
  });
});
