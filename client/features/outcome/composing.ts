import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

type ComposingOptions = {
  /** An input method is at work, or has let go. */
  readonly compose: (isComposing: boolean) => void;
};

/** Tells when somebody spells a word with an input method, so that nothing is drawn under it meanwhile. */
export const Composing = Extension.create<ComposingOptions>({
  name: 'composing',
  addOptions() {
    return { compose: () => undefined };
  },
  addProseMirrorPlugins() {
    const { compose } = this.options;
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
        // An editor that goes away in the middle of a word hears of no end.
        view: () => ({ destroy: () => compose(false) }),
      }),
    ];
  },
});
