// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import { CaretFirst } from './caret-first.ts';
import { textExtensions } from './extensions.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
  document.body.replaceChildren();
});

function editorOf(text: string): Editor {
  const element = document.body.appendChild(document.createElement('div'));
  const editor = new Editor({
    element,
    extensions: [...textExtensions(), CaretFirst],
    content: `<p>${text}</p>`,
    // There is nothing to scroll where nothing is laid out.
    editorProps: { handleScrollToSelection: () => true },
  });
  open.push(editor);
  editor.view.focus();
  editor.commands.setTextSelection(1);
  return editor;
}

/** The browser has moved the caret, and its word of it has not come yet. */
function moveUntold(editor: Editor, offset: number): void {
  const text = editor.view.dom.querySelector('p')?.firstChild ?? null;
  document.getSelection()?.collapse(text, offset);
}

const press = (editor: Editor, key: string, keyCode: number) =>
  editor.view.dom.dispatchEvent(
    new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }),
  );

describe(CaretFirst.name, () => {
  it('breaks the paragraph where the caret is, also before the browser has told of its move [W11]', () => {
    const editor = editorOf('甲乙丙丁');
    moveUntold(editor, 2);
    press(editor, 'Enter', 13);
    expect(editor.getText({ blockSeparator: '|' })).toBe('甲乙|丙丁');
  });

  it('leaves a caret that has not moved, and one that is elsewhere on the page', () => {
    const editor = editorOf('甲乙丙丁');
    const field = document.body.appendChild(document.createElement('p'));
    field.textContent = '别处';
    editor.commands.setTextSelection(3);
    document.getSelection()?.collapse(field.firstChild, 1);
    press(editor, 'Enter', 13);
    expect(editor.getText({ blockSeparator: '|' })).toBe('甲乙|丙丁');
  });
});
