import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { TextAnchor } from '../../../core/domain/amendments.ts';
import { placeOfChange } from './amend-text.ts';
import { findAnchored } from './text-anchor.ts';

/** Something to be shown in the text: words that somebody would have otherwise. */
export type AmendmentMark = {
  readonly id: string;
  readonly anchor: TextAnchor;
  /** '' where they would have the words go. */
  readonly words: string;
  /** Who, as it is said to whoever comes to it. */
  readonly said: string;
};

type Shown = { readonly marks: readonly AmendmentMark[]; readonly drawn: DecorationSet };
const key = new PluginKey<Shown>('amendmentMarks');

export type AmendmentMarksOptions = {
  /** One click on an amendment. */
  readonly onAmendment: (id: string) => void;
  /** One click into a text that is only read, and where that was on the screen. */
  readonly onPick: (place: number, box: DOMRect) => void;
};

/** Draws what people would have otherwise: what would go is struck out, what would come stands beside it. */
export const AmendmentMarks = Extension.create<AmendmentMarksOptions>({
  name: 'amendmentMarks',
  addOptions() {
    return { onAmendment: () => undefined, onPick: () => undefined };
  },
  addProseMirrorPlugins() {
    const { onAmendment, onPick } = this.options;
    return [
      new Plugin<Shown>({
        key,
        state: {
          init: () => ({ marks: [], drawn: DecorationSet.empty }),
          apply: (transaction, before) => {
            const given: unknown = transaction.getMeta(key);
            if (isShown(given)) return given;
            if (!transaction.docChanged) return before;
            return { ...before, drawn: before.drawn.map(transaction.mapping, transaction.doc) };
          },
        },
        props: {
          decorations: (state) => key.getState(state)?.drawn,
          handleDOMEvents: {
            click: (view, event) => {
              const id = markAt(event);
              if (id !== null) onAmendment(id);
              else if (!view.editable) pick(view, event, onPick);
              return false;
            },
          },
        },
      }),
    ];
  },
});

/** Shows these amendments, each where its words are now. */
export function showAmendments(view: EditorView, marks: readonly AmendmentMark[]): void {
  const { state } = view;
  const drawn = DecorationSet.create(
    state.doc,
    marks.flatMap((mark) => drawnOf(state, mark)),
  );
  view.dispatch(state.tr.setMeta(key, { marks, drawn }).setMeta('addToHistory', false));
}

function isShown(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && 'drawn' in value;
}

function drawnOf(state: EditorState, { id, anchor, words, said }: AmendmentMark): readonly Decoration[] {
  const found = findAnchored(state, anchor);
  if (found === null) return [];
  const { from, to, isSame } = found;
  const about = { 'data-amendment': id, title: said };
  if (!isSame) return [Decoration.inline(from, to, { class: 'amended amended-moved', ...about })];
  const change = placeOfChange(state.doc, found, words);
  const old =
    change.to > change.from
      ? [Decoration.inline(change.from, change.to, { class: 'amended amended-old', ...about })]
      : [];
  if (change.words === '') return old;
  // What would come is drawn at the letter before it, or at the one behind it where there is none.
  const isBehind = change.to > from;
  const letter = isBehind ? change.to - 1 : change.to;
  const kind = isBehind ? 'amended amended-new' : 'amended amended-ahead';
  return [...old, Decoration.inline(letter, letter + 1, { class: kind, 'data-new': change.words, ...about })];
}

function markAt(event: Event): string | null {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('.amended') : null;
  return mark?.dataset['amendment'] ?? null;
}

function pick(view: EditorView, event: MouseEvent, onPick: AmendmentMarksOptions['onPick']): void {
  const isSelecting = document.getSelection()?.isCollapsed === false;
  const isCited = event.target instanceof Element && event.target.closest('.citation') !== null;
  if (isSelecting || isCited) return;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (at !== null) onPick(at.pos, new DOMRect(event.clientX, event.clientY, 0, 0));
}
