import { Extension } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import { Plugin, type EditorState, type Transaction } from '@tiptap/pm/state';
import { yUndoPluginKey } from '@tiptap/y-tiptap';

/**
 * What one undo takes back. The shared text joins all that follows within half a second; that is right for letters,
 * but a paste stands alone, and so does what replaced or removed a selection from what was there before it.
 */
export const UndoSteps = Extension.create({
  name: 'undoSteps',
  addProseMirrorPlugins() {
    let wasPaste = false;
    return [
      new Plugin({
        // Runs before the shared text hears of these changes.
        appendTransaction: (transactions, before) => {
          const own = transactions.filter((one) => one.docChanged && !isChangeOrigin(one));
          if (own.length === 0) return null;
          const isPaste = own.some(isPasted);
          if (wasPaste || isPaste || !before.selection.empty) endUndoStep(before);
          wasPaste = isPaste;
          return null;
        },
      }),
    ];
  },
});

function isPasted(transaction: Transaction): boolean {
  return transaction.getMeta('paste') === true;
}

/** What follows is taken back by itself, whatever came right before it. */
export function endUndoStep(state: EditorState): void {
  yUndoPluginKey.getState(state)?.undoManager.stopCapturing();
}
