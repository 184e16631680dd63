import { Extension, type Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { levelOfPoint, type Level, type LevelNote } from '../../../core/domain/levels.ts';

/** Draws a light beside every paragraph that ends with its level of agreement [O17]. */
export const LevelNotes = Extension.create({
  name: 'levelNotes',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        state: {
          init: (_config, { doc }) => lights(doc),
          apply: (transaction, before) => (transaction.docChanged ? lights(transaction.doc) : before),
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

function lights(doc: Node): DecorationSet {
  const found: Decoration[] = [];
  doc.descendants((node, position) => {
    const note = noteIn(node);
    if (note !== null)
      found.push(Decoration.node(position, position + node.nodeSize, { 'data-agreed': note.level }));
  });
  return DecorationSet.create(doc, found);
}

function wordsOf(node: Node): string {
  return node.textBetween(0, node.content.size, undefined, '\n');
}

function noteIn(node: Node): LevelNote | null {
  return node.type.name === 'paragraph' ? levelOfPoint(wordsOf(node)) : null;
}

/** The level of the paragraph in which the caret stands; null: it has none. */
export function levelAtCaret({ selection: { $from } }: EditorState): Level | null {
  return noteIn($from.parent)?.level ?? null;
}

/** Says at the end of the caret's paragraph how far it is agreed on, in words; null: says it no more. */
export function sayLevel(editor: Editor, words: string | null): void {
  const { state, view } = editor;
  const { parent } = state.selection.$from;
  if (parent.type.name !== 'paragraph') return;
  const start = state.selection.$from.start();
  const note = noteIn(parent);
  const said = words === null ? '' : words;
  // Behind the words, and before the citations that stand behind them.
  const end = wordsOf(parent).replace(/\s+$/, '').length;
  const [from, to] = note === null ? [end, end] : [note.from, note.to];
  const { tr } = state;
  view.dispatch(
    said === '' ? tr.delete(start + from, start + to) : tr.insertText(said, start + from, start + to),
  );
}
