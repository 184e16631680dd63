import { Extension } from '@tiptap/core';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import { isLawfulAttribute, NODE_TYPES } from '../../../core/domain/outcome.ts';

/**
 * Keeps what a person types or pastes within what the text may hold: a list pasted with a strange type,
 * or begun with "99999999.", would otherwise be refused by the server with everything written beside it [O1].
 */
export const LawfulAttributes = Extension.create({
  name: 'lawfulAttributes',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction: (transactions, _before, state) => {
          // What others wrote has been judged by the server; only our own is mended.
          if (!transactions.some((done) => done.docChanged && !isChangeOrigin(done))) return null;
          const mended = state.tr;
          state.doc.descendants((node, position) => {
            mend(mended, node, position);
          });
          return mended.docChanged ? mended : null;
        },
      }),
    ];
  },
});

function mend(transaction: Transaction, node: Node, position: number): void {
  const type = NODE_TYPES.find((known) => known === node.type.name);
  for (const [name, value] of Object.entries(node.attrs)) {
    if (type === undefined || !isLawfulAttribute(type, name, value))
      transaction.setNodeAttribute(position, name, node.type.spec.attrs?.[name]?.default ?? null);
  }
}
