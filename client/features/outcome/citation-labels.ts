import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { citedCarried, DRAGGED_CITED, type Citation, type Cited } from '../../../core/domain/citation.ts';
import { citationSpots } from './citation-mark.ts';

/** What a citation shows: its number is counted here, its words come from the room. */
export type CitationLabel = {
  readonly label: string;
  readonly name: string;
  readonly isGone: boolean;
  /** Whether the tab key stops here: for readers; whoever writes has the caret, and a key for it. */
  readonly isStop: boolean;
};
export type LabelOf = (citation: Citation, number: number) => CitationLabel;

export type CitationLabelsOptions = {
  /** Somebody is at a citation, with the pointer, the focus or a finger; null: they have left it. */
  readonly onAt: (citation: Citation | null, element: HTMLElement | null) => void;
  /** One click, or the key, on a citation: lead there. */
  readonly onGo: (citation: Citation) => void;
  /** Something was dropped on the text. */
  readonly onDrop: (cited: Cited, at: number) => void;
  /** Somebody asks what can be cited. */
  readonly onCite: () => void;
  /** Somebody asks what the record would add. */
  readonly onDraft: () => void;
};

type Labelled = { readonly labelOf: LabelOf | null; readonly shown: DecorationSet };
const key = new PluginKey<Labelled>('citationLabels');

/** Draws the citations of the text as small labels, numbered in its order, and hears what is done to them. */
export const CitationLabels = Extension.create<CitationLabelsOptions>({
  name: 'citationLabels',
  addOptions() {
    const nothing = () => undefined;
    return { onAt: nothing, onGo: nothing, onDrop: nothing, onCite: nothing, onDraft: nothing };
  },
  addKeyboardShortcuts() {
    return {
      'Mod-Shift-e': () => {
        this.options.onCite();
        return true;
      },
      'Mod-Alt-d': () => {
        this.options.onDraft();
        return true;
      },
      'Mod-Enter': ({ editor }) => {
        const { from } = editor.state.selection;
        const spot = citationSpots(editor.state.doc).find(({ at }) => at === from || at + 1 === from);
        if (spot === undefined) return false;
        this.options.onGo(spot.citation);
        return true;
      },
    };
  },
  addProseMirrorPlugins() {
    const { onAt, onGo, onDrop } = this.options;
    return [
      new Plugin<Labelled>({
        key,
        state: {
          init: () => ({ labelOf: null, shown: DecorationSet.empty }),
          apply: (transaction, before, _old, state) => {
            const given: unknown = transaction.getMeta(key);
            const labelOf = isLabelOf(given) ? given : before.labelOf;
            if (labelOf === before.labelOf && !transaction.docChanged) return before;
            return { labelOf, shown: drawn(state, labelOf) };
          },
        },
        props: {
          decorations: (state) => key.getState(state)?.shown,
          handleDOMEvents: {
            mouseover: (view, event) => tellAt(view, event, onAt),
            focusin: (view, event) => tellAt(view, event, onAt),
            mouseout: (_view, event) => {
              if (chipOf(event) !== null) onAt(null, null);
              return false;
            },
            focusout: (_view, event) => {
              if (chipOf(event) !== null) onAt(null, null);
              return false;
            },
            click: (view, event) => {
              const isTouch = 'pointerType' in event && event.pointerType === 'touch';
              // A finger has not seen the words yet: the first touch shows them.
              if (isTouch) return tellAt(view, event, onAt);
              return go(view, event, onGo);
            },
            keydown: (view, event) => event.key === 'Enter' && !view.editable && go(view, event, onGo),
            dragover: (_view, event) => {
              if (event.dataTransfer?.types.includes(DRAGGED_CITED) === true) event.preventDefault();
              return false;
            },
          },
          handleDrop: (view, event) => {
            const cited = citedCarried(event.dataTransfer?.getData(DRAGGED_CITED) ?? '');
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (cited === null || at === null) return false;
            onDrop(cited, at.pos);
            return true;
          },
        },
      }),
    ];
  },
});

/** Gives the labels that stand now. */
export function labelCitations(view: EditorView, labelOf: LabelOf): void {
  view.dispatch(view.state.tr.setMeta(key, labelOf).setMeta('addToHistory', false));
}

function isLabelOf(value: unknown): value is LabelOf {
  return typeof value === 'function';
}

function drawn(state: EditorState, labelOf: LabelOf | null): DecorationSet {
  const numbers = new Map<string, number>();
  const labels = citationSpots(state.doc).map(({ at, citation }) => {
    const number = numbers.get(citation.own) ?? numbers.size + 1;
    numbers.set(citation.own, number);
    const { label, name, isGone, isStop } = labelOf?.(citation, number) ?? {
      label: String(number),
      name: '',
      isGone: false,
      isStop: false,
    };
    return Decoration.inline(at, at + 1, {
      class: 'citation',
      role: isStop ? 'button' : 'note',
      'data-label': label,
      'data-own': citation.own,
      'data-gone': String(isGone),
      'aria-label': name,
      ...(isStop ? { tabindex: '0' } : {}),
    });
  });
  return DecorationSet.create(state.doc, labels);
}

function chipOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('.citation') : null;
}

function citationAt(view: EditorView, chip: HTMLElement): Citation | null {
  const own = chip.dataset['own'];
  return citationSpots(view.state.doc).find(({ citation }) => citation.own === own)?.citation ?? null;
}

function tellAt(view: EditorView, event: Event, onAt: CitationLabelsOptions['onAt']): boolean {
  const chip = chipOf(event);
  if (chip !== null) onAt(citationAt(view, chip), chip);
  return false;
}

function go(view: EditorView, event: Event, onGo: CitationLabelsOptions['onGo']): boolean {
  const chip = chipOf(event);
  const citation = chip === null ? null : citationAt(view, chip);
  if (citation === null) return false;
  event.preventDefault();
  onGo(citation);
  return true;
}
