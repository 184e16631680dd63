import { Extension } from '@tiptap/core';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/**
 * Before a key does anything, the editor looks where the caret is. The browser tells of a moved caret in a task of its own,
 * and on a busy device the next keys come before that task: End and then Enter broke the paragraph where the caret had been
 * before End. Not while a word is being spelt: its letters stand where the input method put them.
 */
export const CaretFirst = Extension.create({
  name: 'caretFirst',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            keydown: (view) => {
              learnCaret(view);
              return false;
            },
          },
        },
      }),
    ];
  },
});

function learnCaret(view: EditorView): void {
  const { state } = view;
  if (view.composing || !view.hasFocus() || !(state.selection instanceof TextSelection)) return;
  const shown = view.dom.ownerDocument.getSelection();
  if (shown === null || shown.anchorNode === null || shown.focusNode === null) return;
  if (!view.dom.contains(shown.anchorNode) || !view.dom.contains(shown.focusNode)) return;
  const anchor = view.posAtDOM(shown.anchorNode, shown.anchorOffset);
  const head = view.posAtDOM(shown.focusNode, shown.focusOffset);
  if (anchor === state.selection.anchor && head === state.selection.head) return;
  const selection = TextSelection.between(state.doc.resolve(anchor), state.doc.resolve(head));
  if (!selection.eq(state.selection)) view.dispatch(state.tr.setSelection(selection));
}
