import type { AnyExtension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { ListItem } from '@tiptap/extension-list';
import { StarterKit } from '@tiptap/starter-kit';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { NODE_TYPES, TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import type { CursorOwner } from '../../../core/contract/collab.ts';
import type { Role } from '../../../core/domain/people.ts';
import { CaretFirst } from './caret-first.ts';
import { CitationMark } from './citation-mark.ts';
import { drawCaret } from './caret.ts';
import { LawfulAttributes } from './lawful.ts';
import { SteadyCaret } from './steady-caret.ts';

/** Heading levels of the text. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

/**
 * A point of a list may begin with anything. Where it must begin with a paragraph, one who deletes that paragraph while
 * another nests a list under it makes a point that no editor can draw, and all of it is deleted [W11].
 */
const AnyListItem = ListItem.extend({ content: 'block+' });

/** What the text may be made of: exactly the node and mark types of core/domain/outcome.ts [O1]. */
export function textExtensions(): AnyExtension[] {
  return [
    StarterKit.configure({
      heading: { levels: [...LEVELS] },
      code: false,
      codeBlock: false,
      link: false,
      listItem: false,
      // Undo comes with the shared text: it takes back one's own edits only.
      undoRedo: false,
      // It would write into the text of everybody who merely opens it.
      trailingNode: false,
      dropcursor: { class: 'drop-cursor' },
    }),
    AnyListItem,
    CitationMark,
    LawfulAttributes,
  ];
}

type Shared = { readonly doc: Y.Doc; readonly awareness: Awareness };
/** What we say of ourselves is only seen here: for everybody else the server stamps it. */
type Self = { readonly owner: CursorOwner; readonly roleName: (role: Role) => string };

/** The editor of one shared text. self: null for readers, who have no caret and show none. */
export function sharedExtensions({ doc, awareness }: Shared, self: Self | null): AnyExtension[] {
  const shared = Collaboration.configure({
    document: doc,
    field: TEXT_FRAGMENT,
    // Undo takes no block away, of whatever kind, in which somebody else has written since.
    yUndoOptions: { protectedNodes: new Set(NODE_TYPES) },
  });
  if (self === null) return [...textExtensions(), shared, SteadyCaret];
  const caret = CollaborationCaret.configure({
    provider: { awareness },
    user: { ...self.owner },
    render: (user) => drawCaret(user, self.roleName),
    selectionRender: (user) => ({
      class: 'caret-selection',
      'data-role': String(user['role'] ?? ''),
    }),
  });
  return [...textExtensions(), shared, SteadyCaret, CaretFirst, caret];
}
