import type { EditorState } from '@tiptap/pm/state';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
  type ProsemirrorBinding,
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { CursorPlace } from '../../../core/contract/collab.ts';
import { TextAnchor } from '../../../core/domain/amendments.ts';
import { blocksIn, lettersIn } from './text-letters.ts';

/** Where words stand that somebody marked. */
export type Found = {
  readonly from: number;
  readonly to: number;
  /** What stands there now. */
  readonly words: string;
  /** It is what they marked. */
  readonly isSame: boolean;
};

type Synced = { readonly doc: Y.Doc; readonly type: Y.XmlFragment; readonly binding: ProsemirrorBinding };

/** Marks the words between two places of one block; null where there are none, or too many, or nothing is shared. */
export function anchorOf(state: EditorState, from: number, to: number): TextAnchor | null {
  const shared = syncedIn(state);
  const block = state.doc.resolve(from);
  if (shared === null || to <= from || !block.parent.isTextblock || to > block.end()) return null;
  const { words } = lettersIn(block.parent, block.start(), from, to);
  const { type, binding } = shared;
  // Before its first letter and behind its last: what is written beside them is not meant.
  const first: Y.RelativePosition = absolutePositionToRelativePosition(from + 1, type, binding.mapping);
  const last: Y.RelativePosition = absolutePositionToRelativePosition(to, type, binding.mapping);
  const anchor = { from: encoded(first, 0), to: encoded(last, -1), quote: words };
  return TextAnchor.safeParse(anchor).data ?? null;
}

/**
 * Where the words are that somebody marked: where they marked them or, if that paragraph was made anew, where they stand
 * once. Null where they are nowhere and nothing stands in their place.
 */
export function findAnchored(state: EditorState, { from, to, quote }: TextAnchor): Found | null {
  const there = between(state, placeOf(state, from), placeOf(state, to));
  if (there !== null && there.words.trim() === quote) return { ...there, isSame: true };
  return findQuote(state, quote) ?? (there === null ? null : { ...there, isSame: false });
}

function between(state: EditorState, from: number | null, to: number | null): Omit<Found, 'isSame'> | null {
  const most = state.doc.content.size;
  if (from === null || to === null || from >= to || to > most) return null;
  const block = state.doc.resolve(from);
  if (!block.parent.isTextblock || to > block.end()) return null;
  return { from, to, words: lettersIn(block.parent, block.start(), from, to).words };
}

/** Words that stand in the text exactly once. */
function findQuote(state: EditorState, quote: string): Found | null {
  if (quote === '') return null;
  const found = blocksIn(state.doc).flatMap(({ words, at }) => {
    const index = words.indexOf(quote);
    const first = at[index];
    const last = at[index + quote.length - 1];
    if (first === undefined || last === undefined) return [];
    const isTwice = words.indexOf(quote, index + 1) !== -1;
    return [{ from: first, to: last + 1, words: quote, isSame: true, isTwice }];
  });
  const [one, other] = found;
  if (one === undefined || other !== undefined || one.isTwice) return null;
  const { isTwice: _isTwice, ...only } = one;
  return only;
}

function syncedIn(state: EditorState): Synced | null {
  const synced: Synced | undefined = ySyncPluginKey.getState(state);
  return synced?.binding === undefined ? null : synced;
}

function placeOf(state: EditorState, encodedPlace: string): number | null {
  const shared = syncedIn(state);
  if (shared === null) return null;
  try {
    const bytes = Uint8Array.from(atob(encodedPlace.replace(/-/g, '+').replace(/_/g, '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const place = Y.decodeRelativePosition(bytes);
    const said: unknown = Y.relativePositionToJSON(place);
    // A place that hangs on nothing of this text is none.
    if (!CursorPlace.safeParse({ anchor: said, head: said }).success) return null;
    const there = Y.createAbsolutePositionFromRelativePosition(place, shared.doc);
    if (there === null) return null;
    // The beginning of the text, said by a letter, is taken for a mistake.
    const told = there.index === 0 ? Y.createRelativePositionFromTypeIndex(there.type, 0, -1) : place;
    return relativePositionToAbsolutePosition(shared.doc, shared.type, told, shared.binding.mapping);
  } catch {
    // Whatever somebody sent instead of a place leads nowhere.
    return null;
  }
}

function encoded(place: Y.RelativePosition, assoc: number): string {
  const { type, tname, item } = place;
  const bytes = Y.encodeRelativePosition(new Y.RelativePosition(type, tname, item, assoc));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/[=]+$/, '');
}
