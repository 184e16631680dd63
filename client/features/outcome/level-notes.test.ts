// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import { textExtensions } from './extensions.ts';
import { levelAtCaret, LevelNotes, sayLevel } from './level-notes.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
});

function sit(content: string): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [...textExtensions(), LevelNotes],
    content,
  });
  open.push(editor);
  return editor;
}

describe('the level of a point', () => {
  it('is said at its end before its citations, changed, and taken away, with a light beside it [O17]', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const editor = sit(`<p>试行两周。<span data-citation="view ${id} ${id}">\u2005</span></p><p>下一段</p>`);
    editor.commands.setTextSelection(3);
    expect(levelAtCaret(editor.state)).toBeNull();
    sayLevel(editor, '（基本一致）');
    expect(editor.state.doc.firstChild?.textContent).toBe('试行两周。（基本一致）\u2005');
    expect(levelAtCaret(editor.state)).toBe('broad');
    expect(editor.view.dom.querySelector('p')?.getAttribute('data-agreed')).toBe('broad');
    sayLevel(editor, '（一致同意）');
    expect(levelAtCaret(editor.state)).toBe('unanimous');
    sayLevel(editor, null);
    expect(editor.state.doc.textContent).toBe('试行两周。\u2005下一段');
    expect(editor.view.dom.querySelector('[data-agreed]')).toBeNull();
  });
});
