import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { ySyncPluginKey, type ProsemirrorBinding } from '@tiptap/y-tiptap';

/** Before the shared text, which draws what others wrote: the caret is put right just before that. */
const BEFORE_SHARED_TEXT = 1_001;

/**
 * Keeps the place of the caret within the text. The shared text remembers it from before a change; when several changes
 * come at once, as in an undo, the text may be shorter by then, and a place behind its end was an error in the middle of
 * drawing: the editor then stood still, and the next letter would have deleted what it had not drawn.
 */
export const SteadyCaret = Extension.create({
  name: 'steadyCaret',
  priority: BEFORE_SHARED_TEXT,
  addProseMirrorPlugins() {
    return [
      new Plugin({
        view: (view) => {
          const synced: { readonly binding: ProsemirrorBinding } | undefined = ySyncPluginKey.getState(
            view.state,
          );
          if (synced === undefined) return {};
          const { binding } = synced;
          const steady = (): void => {
            const { beforeTransactionSelection: caret } = binding;
            const end = view.state.doc.content.size;
            // Null while nothing is remembered, whatever the type says.
            if (!(caret?.absAnchor > end || caret?.absHead > end)) return;
            binding.beforeTransactionSelection = {
              ...caret,
              absAnchor: Math.min(caret.absAnchor, end),
              absHead: Math.min(caret.absHead, end),
            };
          };
          binding.type.observeDeep(steady);
          return { destroy: () => binding.type.unobserveDeep(steady) };
        },
      }),
    ];
  },
});
