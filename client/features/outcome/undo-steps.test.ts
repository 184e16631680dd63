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

/** All of one test happens well within the half second that the shared text joins. */
function stage(): Editor {
  const doc = new Y.Doc();
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [...sharedExtensions({ doc, awareness: new Awareness(doc) }, null), UndoSteps],
  });
  open.push(editor);
  editor.commands.insertContent('原文。');
  return editor;
}

/** As ProseMirror says that it pasted; there is no clipboard here, the journey has one. */
function paste(editor: Editor, words: string): void {
  editor.view.dispatch(editor.state.tr.insertText(words).setMeta('paste', true));
}

describe(UndoSteps.name, () => {
  it('joins letters', () => {
    const editor = stage();
    for (const letter of '一二三') editor.commands.insertContent(letter);
    editor.commands.undo();
    expect(editor.getText()).toBe('');
  });

  it('lets a paste stand alone, before and after', () => {
    const editor = stage();
    paste(editor, '粘贴。');
    editor.commands.insertContent('后写。');
    expect(editor.getText()).toBe('原文。粘贴。后写。');
    editor.commands.undo();
    expect(editor.getText()).toBe('原文。粘贴。');
    editor.commands.undo();
    expect(editor.getText()).toBe('原文。');
    editor.commands.undo();
    expect(editor.getText()).toBe('');
  });

  it('brings back what was removed at one go, and what was written just before it stays', () => {
    const editor = stage();
    editor.commands.selectAll();
    editor.commands.deleteSelection();
    expect(editor.getText()).toBe('');
    editor.commands.undo();
    expect(editor.getText()).toBe('原文。');
  });

  it('does it again step by step', () => {
    const editor = stage();
    paste(editor, '一。');
    paste(editor, '二。');
    editor.commands.undo();
    editor.commands.undo();
    expect(editor.getText()).toBe('原文。');
    editor.commands.redo();
    expect(editor.getText()).toBe('原文。一。');
  });
});
