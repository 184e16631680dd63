// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { sharedExtensions } from './extensions.ts';
import { UndoSteps } from './undo-steps.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
});

function sit(doc: Y.Doc): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [...sharedExtensions({ doc, awareness: new Awareness(doc) }, null), UndoSteps],
  });
  open.push(editor);
  return editor;
}

/** Two editors that hear each other at once. */
function stage(): { one: Editor; other: Editor } {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  for (const [from, to] of [docs, docs.toReversed()] as [Y.Doc, Y.Doc][])
    from.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'line') Y.applyUpdate(to, update, 'line');
    });
  return { one: sit(docs[0]), other: sit(docs[1]) };
}

/** Puts words behind the first place where others stand. */
function writeBehind(editor: Editor, place: string, words: string): void {
  let at = -1;
  editor.state.doc.descendants((node, position) => {
    const found = node.text?.indexOf(place) ?? -1;
    if (at === -1 && found !== -1) at = position + found + place.length;
  });
  editor.commands.insertContentAt(at, words);
}

const all = (editor: Editor, act: 'undo' | 'redo') => {
  for (let times = 0; times < 9; times += 1) editor.commands[act]();
};

describe('undo and redo of two people', () => {
  it('touch only what each wrote, in the middle of what the other did', () => {
    const { one, other } = stage();
    one.commands.insertContent('甲一。甲二。');
    writeBehind(other, '甲一。', '乙。');
    writeBehind(one, '甲二。', '甲三。');
    all(one, 'undo');
    expect(other.getText()).toBe('乙。');
    writeBehind(other, '乙', '又');
    all(one, 'redo');
    expect(other.getText()).toBe('甲一。乙又。甲二。甲三。');
    all(other, 'undo');
    expect(one.getText()).toBe('甲一。甲二。甲三。');
    all(other, 'redo');
    expect([one.getText(), other.getText()]).toEqual(Array(2).fill('甲一。乙又。甲二。甲三。'));
  });

  it.each([
    ['heading', (editor: Editor) => editor.commands.toggleHeading({ level: 1 })],
    ['item of a list', (editor: Editor) => editor.commands.toggleBulletList()],
    ['quotation', (editor: Editor) => editor.commands.toggleBlockquote()],
  ])('leave there what another one wrote in a %s that is undone', (_, make) => {
    const { one, other } = stage();
    one.commands.insertContent('甲题');
    make(one);
    writeBehind(other, '甲题', '，乙补');
    all(one, 'undo');
    expect(other.getText()).toContain('乙补');
    expect(other.getText().split('乙补')).toHaveLength(2);
    expect(one.getText()).toBe(other.getText());
    all(one, 'redo');
    expect(one.getText()).toContain('乙补');
    expect(one.getText()).toBe(other.getText());
  });
});
