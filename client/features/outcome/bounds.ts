import { Extension } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import type { Fragment } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform';
import { DOORS } from '../../../core/contract/limits.ts';

/** What one act may add, in bytes: with room for what the shared text writes around it. */
const MOST_BYTES = DOORS.updateBytes * 0.8;
/** What a block or a change of style takes besides its words. */
const NODE_BYTES = 80;

export type BoundsOptions = {
  /** Whether the text may become longer. */
  readonly mayGrow: () => boolean;
  /** Something was not put in. */
  readonly onRefused: (reason: 'UPDATE_TOO_LARGE' | 'TEXT_FULL') => void;
};

/**
 * Keeps out what the server would not take, before it is in the text: a whole law pasted at once, anything more in a
 * text that is full. What others wrote is there already and always comes in.
 */
export const Bounds = Extension.create<BoundsOptions>({
  name: 'bounds',
  addOptions() {
    return { mayGrow: () => true, onRefused: () => undefined };
  },
  addProseMirrorPlugins() {
    const { mayGrow, onRefused } = this.options;
    return [
      new Plugin({
        filterTransaction: (transaction) => {
          if (!transaction.docChanged || isChangeOrigin(transaction)) return true;
          const isTooMuch = addedBytes(transaction) > MOST_BYTES;
          const grows = transaction.doc.content.size > transaction.before.content.size;
          if (!isTooMuch && (!grows || mayGrow())) return true;
          onRefused(isTooMuch ? 'UPDATE_TOO_LARGE' : 'TEXT_FULL');
          return false;
        },
      }),
    ];
  },
});

function addedBytes({ steps }: Transaction): number {
  return steps.reduce(
    (sum, step) =>
      step instanceof ReplaceStep || step instanceof ReplaceAroundStep
        ? sum + bytesOf(step.slice.content)
        : sum,
    0,
  );
}

function bytesOf(content: Fragment): number {
  const encoder = new TextEncoder();
  let bytes = 0;
  content.descendants((node) => {
    bytes += NODE_BYTES + (node.text === undefined ? 0 : encoder.encode(node.text).byteLength);
  });
  return bytes;
}
