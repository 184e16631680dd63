import { Extension } from '@tiptap/core';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import type { Uprooted } from '../../lib/uprooted.ts';

type ComposingOptions = {
  /** An input method is at work, or has let go. */
  readonly compose: (isComposing: boolean) => void;
  /** Tells where words belong whose paragraph became something else while they were being spelt. */
  readonly onUprooted: (hear: (place: Uprooted) => void) => () => void;
};

/** Tells when somebody spells a word with an input method, so that nothing is drawn under it meanwhile. */
export const Composing = Extension.create<ComposingOptions>({
  name: 'composing',
  addOptions() {
    return { compose: () => undefined, onUprooted: () => () => undefined };
  },
  addProseMirrorPlugins() {
    const { compose, onUprooted } = this.options;
    const tell = (isComposing: boolean) => () => {
      compose(isComposing);
      // Heard, not taken: the editor does its own work with it.
      return false;
    };
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            compositionstart: tell(true),
            compositionupdate: tell(true),
            compositionend: tell(false),
          },
        },
        view: (view) => {
          const stop = onUprooted((place) => replant(view, place));
          return {
            destroy: () => {
              stop();
              // An editor that goes away in the middle of a word hears of no end.
              compose(false);
            },
          };
        },
      }),
    ];
  },
});

/** Written again by whoever wrote it: one undo takes it back, and they go on behind it. */
function replant(view: EditorView, { run, at, words }: Uprooted): void {
  const shared = ySyncPluginKey.getState(view.state);
  const relative = Y.createRelativePositionFromTypeIndex(run, at);
  const { doc, type, binding } = shared ?? {};
  const place = relativePositionToAbsolutePosition(doc, type, relative, binding?.mapping);
  if (place === null || !view.editable) return;
  const { tr } = view.state;
  tr.insertText(words, place);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, place + words.length)).scrollIntoView());
}
