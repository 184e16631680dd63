import * as Y from 'yjs';
import { elementNamed, TEXT_FRAGMENT, type NodeType } from '../../core/domain/outcome.ts';

/**
 * Where an item stands: in what kind of node ('gone': in something that was collected, where nobody will ever see it),
 * which attribute of it the item sets (null: none), and how deep. holder is the very node: items of one list share it.
 */
export type Place = {
  readonly parent: NodeType | 'gone';
  readonly key: string | null;
  readonly depth: number;
  readonly holder: unknown;
};

export type Placed = { readonly item: Y.Item; readonly place: Place };

/** Finds an item and its place; 'gone' when it was collected, null when it stands nowhere in the text. */
export type LookUp = (id: Y.ID) => Placed | 'gone' | null;

const ROOT = Symbol('the text itself');
export const GONE: Place = { parent: 'gone', key: null, depth: 0, holder: null };

/** The kind of node that a shared type of the log draws, by its very class; null when the text has no such. */
export function kindOf(type: unknown): NodeType | null {
  if (!(type instanceof Y.AbstractType)) return null;
  if (type.constructor === Y.XmlText) return 'text';
  if (!(type instanceof Y.XmlElement) || type.constructor !== Y.XmlElement) return null;
  return elementNamed(type.nodeName);
}

/** The place of a new item, by the rules of Yjs; null when it has none that an editor would give it. */
export function placeOf(item: Y.Item, lookUp: LookUp): Place | null {
  const { parent, origin, rightOrigin } = item;
  if (origin !== null || rightOrigin !== null) {
    const left = origin === null ? null : placeBeside(origin, lookUp);
    const right = rightOrigin === null ? null : placeBeside(rightOrigin, lookUp);
    if ((origin !== null && left === null) || (rightOrigin !== null && right === null)) return null;
    // Yjs collects at once what hangs on something collected.
    if (left?.parent === 'gone' || right?.parent === 'gone') return GONE;
    return left === null || right === null || isSameList(left, right) ? (left ?? right) : null;
  }
  if (typeof parent === 'string') {
    if (parent !== TEXT_FRAGMENT) return null;
    return { parent: 'doc', key: item.parentSub, depth: 1, holder: ROOT };
  }
  return parent instanceof Y.ID ? placeUnder(parent, item.parentSub, lookUp) : null;
}

function placeBeside(id: Y.ID, lookUp: LookUp): Place | null {
  const beside = lookUp(id);
  return beside === 'gone' ? GONE : (beside?.place ?? null);
}

function placeUnder(id: Y.ID, key: string | null, lookUp: LookUp): Place | null {
  const above = lookUp(id);
  if (above === null || above === 'gone') return above === null ? null : GONE;
  const { item, place } = above;
  if (place.parent === 'gone' || item.deleted || item.content instanceof Y.ContentDeleted) return GONE;
  if (!(item.content instanceof Y.ContentType)) return null;
  const parent = kindOf(item.content.type);
  return parent === null ? null : { parent, key, depth: place.depth + 1, holder: item.content.type };
}

export function isSameList(one: Place, other: Place): boolean {
  return one.holder === other.holder && one.key === other.key;
}

/** The place of an item that a document holds already. */
export function placeInDoc(item: Y.Item, doc: Y.Doc): Place | null {
  const holder = item.parent;
  if (!(holder instanceof Y.AbstractType)) return GONE;
  let depth = 1;
  let top = holder;
  while (top._item !== null) {
    if (top._item.deleted) return GONE;
    const above = top._item.parent;
    if (!(above instanceof Y.AbstractType)) return GONE;
    depth += 1;
    top = above;
  }
  if (top !== doc.share.get(TEXT_FRAGMENT)) return null;
  if (holder === top) return { parent: 'doc', key: item.parentSub, depth, holder: ROOT };
  const parent = kindOf(holder);
  return parent === null ? null : { parent, key: item.parentSub, depth, holder };
}
