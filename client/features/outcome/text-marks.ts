import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { TextAnchor } from '../../../core/domain/amendments.ts';
import { placeOfChange } from './amend-text.ts';
import { findAnchored } from './text-anchor.ts';

/** Something to be shown in the text: words that somebody would have otherwise, or has remarked on. */
export type TextMark = {
  readonly kind: 'amendment' | 'remark';
  readonly id: string;
  readonly anchor: TextAnchor;
  /** What should stand there; '' where they would have the words go, and of a remark. */
  readonly words: string;
  /** Who, as it is said to whoever comes to it. */
  readonly said: string;
};

type Shown = { readonly marks: readonly TextMark[]; readonly drawn: DecorationSet };
const key = new PluginKey<Shown>('textMarks');

export type TextMarksOptions = {
  /** One click on what is marked. */
  readonly onMark: (kind: TextMark['kind'], id: string) => void;
  /** One click into a text that is only read, and where that was on the screen. */
  readonly onPick: (place: number, box: DOMRect) => void;
};

/** Draws what people would have otherwise, struck out what would go and beside it what would come, and what they remark on. */
export const TextMarks = Extension.create<TextMarksOptions>({
  name: 'textMarks',
  addOptions() {
    return { onMark: () => undefined, onPick: () => undefined };
  },
  addProseMirrorPlugins() {
    const { onMark, onPick } = this.options;
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
              const mark = markAt(event);
              if (mark !== null) onMark(mark.kind, mark.id);
              else if (!view.editable) pick(view, event, onPick);
              return false;
            },
          },
        },
      }),
    ];
  },
});

/** Shows these, each where its words are now. */
export function showMarks(view: EditorView, marks: readonly TextMark[]): void {
  const { state } = view;
  const drawn = DecorationSet.create(
    state.doc,
    marks.flatMap((mark) => drawnOf(state, mark)),
  );
  draw(view, state.tr.setMeta(key, { marks, drawn }));
}

function isShown(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && 'drawn' in value;
}

function drawnOf(state: EditorState, { kind, id, anchor, words, said }: TextMark): readonly Decoration[] {
  const found = findAnchored(state, anchor);
  if (found === null) return [];
  const { from, to, isSame } = found;
  const about = { 'data-mark': id, 'data-kind': kind, title: said };
  if (kind === 'remark') return [Decoration.inline(from, to, { class: 'marked remarked', ...about })];
  if (!isSame) return [Decoration.inline(from, to, { class: 'marked amended-moved', ...about })];
  const change = placeOfChange(state.doc, found, words);
  const old =
    change.to > change.from
      ? [Decoration.inline(change.from, change.to, { class: 'marked amended-old', ...about })]
      : [];
  if (change.words === '') return old;
  // What would come is drawn at the letter before it, or at the one behind it where there is none.
  const isBehind = change.to > from;
  const letter = isBehind ? change.to - 1 : change.to;
  const beside = isBehind ? 'marked amended-new' : 'marked amended-ahead';
  return [
    ...old,
    Decoration.inline(letter, letter + 1, { class: beside, 'data-new': change.words, ...about }),
  ];
}

function markAt(event: Event): Pick<TextMark, 'kind' | 'id'> | null {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('.marked') : null;
  const { mark: id, kind } = mark?.dataset ?? {};
  if (id === undefined) return null;
  return { kind: kind === 'remark' ? 'remark' : 'amendment', id };
}

function pick(view: EditorView, event: MouseEvent, onPick: TextMarksOptions['onPick']): void {
  const isSelecting = document.getSelection()?.isCollapsed === false;
  const isCited = event.target instanceof Element && event.target.closest('.citation') !== null;
  if (isSelecting || isCited) return;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (at !== null) onPick(at.pos, new DOMRect(event.clientX, event.clientY, 0, 0));
}

/** The light at a paragraph: who agrees with it as it reads. */
export type ParagraphLight = {
  readonly place: number;
  readonly size: number;
  readonly light: 'some' | 'all' | 'lapsed';
};
const lightsKey = new PluginKey<DecorationSet>('paragraphLights');

/** Draws a light at each paragraph that somebody agrees with, or has. */
export const ParagraphLights = Extension.create({
  name: 'paragraphLights',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key: lightsKey,
        state: {
          init: () => DecorationSet.empty,
          apply: (transaction, before) => {
            const given: unknown = transaction.getMeta(lightsKey);
            if (given instanceof DecorationSet) return given;
            return transaction.docChanged ? before.map(transaction.mapping, transaction.doc) : before;
          },
        },
        props: { decorations: (state) => lightsKey.getState(state) },
      }),
    ];
  },
});

/** Shows these lights, and no others. */
export function showLights(view: EditorView, lights: readonly ParagraphLight[]): void {
  const { state } = view;
  const most = state.doc.content.size;
  const drawn = lights
    .filter(({ place, size }) => place + size + 1 <= most)
    .map(({ place, size, light }) => Decoration.node(place - 1, place + size + 1, { 'data-light': light }));
  draw(view, state.tr.setMeta(lightsKey, DecorationSet.create(state.doc, drawn)));
}

/** What a reader has selected, or was led to, stays selected: the editor knows of no selection of theirs. */
function draw(view: EditorView, transaction: Transaction): void {
  const selection = document.getSelection();
  const places = view.editable || selection?.isCollapsed !== false ? [] : selectedIn(view, selection);
  view.dispatch(transaction.setMeta('addToHistory', false));
  const [from, to] = places.map((place) => view.domAtPos(place));
  if (from !== undefined && to !== undefined)
    selection?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

/** From where to where of the text is selected; nothing where it is elsewhere. */
function selectedIn(
  view: EditorView,
  { anchorNode, anchorOffset, focusNode, focusOffset }: Selection,
): readonly number[] {
  if (anchorNode === null || focusNode === null) return [];
  if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return [];
  return [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)];
}
