import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import { citationSpots, insertCitation } from '../../client/features/outcome/citation-mark.ts';

/** One thing that somebody does in the editor. at and to: places in the text, as parts of its length. */
export type Move = { readonly name: string; readonly at: number; readonly to: number };

const PIECES = [
  '<p>段</p>',
  '<h2>题</h2><p>文</p>',
  '<ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li><li><p>丙</p></li></ul>',
  '<ol start="3"><li><p>一</p></li><li><p>二</p><blockquote><p>引</p></blockquote></li></ol>',
  '<blockquote><p>引</p><ul><li><p>点</p></li></ul></blockquote>',
  '<p>粗<strong>体</strong>斜<em>体</em>换<br>行</p><hr><p>后</p>',
];

const MOVES: Readonly<Record<string, (editor: Editor, move: Move) => void>> = {
  type: (editor, { to }) => editor.commands.insertContent(to < 0.5 ? '字' : '词句'),
  typeMore: (editor) => editor.commands.insertContent('接着写'),
  enter: (editor) => press(editor, 'Enter'),
  erase: (editor) => press(editor, 'Backspace'),
  eraseAhead: (editor) => press(editor, 'Delete'),
  indent: (editor) => press(editor, 'Tab'),
  deleteSelection: (editor) => editor.commands.deleteSelection(),
  replace: (editor) => editor.commands.insertContent('换'),
  bullets: (editor) => editor.commands.toggleBulletList(),
  numbers: (editor) => editor.commands.toggleOrderedList(),
  sink: (editor) => editor.commands.sinkListItem('listItem'),
  lift: (editor) => editor.commands.liftListItem('listItem'),
  splitPoint: (editor) => editor.commands.splitListItem('listItem'),
  quote: (editor) => editor.commands.toggleBlockquote(),
  heading: (editor, { to }) => editor.commands.toggleHeading({ level: to < 0.5 ? 1 : 2 }),
  rule: (editor) => editor.commands.setHorizontalRule(),
  lineBreak: (editor) => editor.commands.setHardBreak(),
  bold: (editor) => editor.commands.toggleBold(),
  italic: (editor) => editor.commands.toggleItalic(),
  strike: (editor) => editor.commands.toggleStrike(),
  cite: (editor, { to }) =>
    insertCitation(editor.view, {
      kind: to < 0.5 ? 'view' : 'poll',
      id: '3d0a0a52-6d2b-4d43-8d7e-0c6a2f3b1a02',
    }),
  citeTwice: (editor) => {
    const [first] = citationSpots(editor.state.doc);
    if (first === undefined) return;
    const { from, to } = editor.state.selection;
    editor.view.dispatch(editor.state.tr.replace(from, to, editor.state.doc.slice(first.at, first.at + 1)));
  },
  plain: (editor) => editor.chain().clearNodes().unsetAllMarks().run(),
  paste: (editor, { to }) => editor.commands.insertContent(PIECES[Math.floor(to * PIECES.length)] ?? ''),
  startAt: (editor, { to }) =>
    editor.commands.updateAttributes('orderedList', { start: Math.floor(to * 99) }),
  joinUp: (editor) => editor.commands.joinUp(),
  joinDown: (editor) => editor.commands.joinDown(),
  liftBlock: (editor) => editor.commands.lift('blockquote'),
  move: (editor, { to }) => {
    const { from, to: end } = editor.state.selection;
    const slice = editor.state.doc.slice(from, end);
    const cut = editor.state.tr.deleteRange(from, end);
    editor.view.dispatch(cut.replaceRange(place(cut.doc, to), place(cut.doc, to), slice));
  },
  clear: (editor, { to }) => (to < 0.3 ? editor.commands.clearContent(true) : false),
  undo: (editor) => editor.commands.undo(),
  undoTwice: (editor) => editor.chain().undo().undo().run(),
  redo: (editor) => editor.commands.redo(),
};

function press({ view }: Editor, key: string): void {
  const event = new KeyboardEvent('keydown', { key });
  view.someProp('handleKeyDown', (handle) => handle(view, event));
}

/** What people do, in an order that nobody planned. */
export const anyMove: fc.Arbitrary<Move> = fc.record({
  name: fc.constantFrom(...Object.keys(MOVES)),
  at: fc.noBias(fc.nat(999)).map((part) => part / 1_000),
  to: fc.noBias(fc.nat(999)).map((part) => part / 1_000),
});

/** Puts the cursor, or a selection, somewhere and does it. */
export function make(editor: Editor, move: Move): void {
  const { doc, tr } = editor.state;
  const [at, to] = [doc.resolve(place(doc, move.at)), doc.resolve(place(doc, move.to))];
  const isSelecting = Math.floor(move.to * 10) % 3 === 0;
  editor.view.dispatch(tr.setSelection(TextSelection.between(at, isSelecting ? to : at)));
  // Undo takes back what was done in half a second together, and a test does everything in one.
  if (move.at < 0.6) yUndoPluginKey.getState(editor.state)?.undoManager.stopCapturing();
  try {
    MOVES[move.name]?.(editor, move);
  } catch (error) {
    // The editor finds no way to do it and does nothing, as it would for a person.
    const isRefusal =
      error instanceof Error && ['TransformError', 'RangeError', 'ReplaceError'].includes(error.name);
    if (!isRefusal) throw error;
  }
}

function place({ content }: { readonly content: { readonly size: number } }, part: number): number {
  return Math.floor(part * (content.size + 1));
}
