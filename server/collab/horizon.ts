import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

/** Where an item stands: which attribute it sets (null: none), and how deep; null depth: nowhere known. */
export type Place = { readonly key: string | null; readonly depth: number | null };
type Placed = { readonly item: Y.Item; readonly place: Place };

/** New items of one update, before it is taken. */
export type Draft = {
  readonly add: (item: Y.Item) => void;
  readonly entries: () => readonly Y.Item[];
  readonly place: (item: Y.Item) => Place;
};

/** What is known at one moment: a document, and the updates of the batch that will follow it. */
export type Horizon = {
  /** The first clock of a client that is not known. */
  readonly next: (client: number) => number;
  readonly isDeleted: (client: number, clock: number, length: number) => boolean;
  readonly draft: () => Draft;
  /** Counts an update as known from now on. */
  readonly take: (structs: readonly (Y.Item | Y.GC | Y.Skip)[]) => void;
};

/** Deepest chain of items whose place is found through others of the same update. */
const FOLLOW = 64;
const NOWHERE: Place = { key: null, depth: null };

/** A view on doc that can be moved ahead of it without touching it. */
export function createHorizon(doc: Y.Doc): Horizon {
  const ahead = new Map<number, number>();
  const taken = new Map<number, Placed[]>();
  const next = (client: number) => ahead.get(client) ?? Y.getState(doc.store, client);
  let last: Map<number, Placed[]> = new Map();
  return {
    next,
    isDeleted: (client, clock, length) => isDeletedIn(doc, client, { clock, length }),
    draft: () => {
      last = new Map();
      return createDraft(doc, taken, last);
    },
    take: (structs) => {
      for (const struct of structs) {
        ahead.set(struct.id.client, Math.max(next(struct.id.client), struct.id.clock + struct.length));
      }
      for (const [client, placed] of last) taken.set(client, [...(taken.get(client) ?? []), ...placed]);
      last = new Map();
    },
  };
}

function createDraft(doc: Y.Doc, taken: Map<number, Placed[]>, placedHere: Map<number, Placed[]>): Draft {
  const items: Y.Item[] = [];
  const mine = new Map<number, Y.Item[]>();
  const found = new Map<Y.Item, Place>();

  function resolve(item: Y.Item, follow: number): Place {
    const known = found.get(item);
    if (known !== undefined) return known;
    const place = follow > FOLLOW ? NOWHERE : placeOf(item, (id) => lookUp(id, follow + 1));
    found.set(item, place);
    return place;
  }

  /** The item with this id, new or old, and its place; null when it is gone for good. */
  function lookUp(id: Y.ID, follow: number): Placed | null {
    const fresh = search(mine.get(id.client), id.clock, (item) => item);
    if (fresh !== undefined) return { item: fresh, place: resolve(fresh, follow) };
    const before = search(taken.get(id.client), id.clock, ({ item }) => item);
    if (before !== undefined) return before;
    if (id.clock >= Y.getState(doc.store, id.client)) return null;
    const old = Y.getItem(doc.store, id);
    return old instanceof Y.Item ? { item: old, place: placeInDoc(old) } : null;
  }

  return {
    add: (item) => {
      items.push(item);
      const list = mine.get(item.id.client);
      if (list === undefined) mine.set(item.id.client, [item]);
      else list.push(item);
    },
    entries: () => items,
    place: (item) => {
      const place = resolve(item, 0);
      const list = placedHere.get(item.id.client) ?? [];
      list.push({ item, place });
      placedHere.set(item.id.client, list);
      return place;
    },
  };
}

function placeOf(item: Y.Item, lookUp: (id: Y.ID) => Placed | null): Place {
  const { parent } = item;
  if (typeof parent === 'string') {
    return parent === TEXT_FRAGMENT ? { key: item.parentSub, depth: 1 } : NOWHERE;
  }
  if (parent instanceof Y.ID) {
    const above = lookUp(parent);
    // Under something that was collected: Yjs will collect this one too.
    if (above === null) return { key: item.parentSub, depth: 0 };
    if (!(above.item.content instanceof Y.ContentType) && !above.item.deleted) return NOWHERE;
    return { key: item.parentSub, depth: above.place.depth === null ? null : above.place.depth + 1 };
  }
  const beside = item.origin ?? item.rightOrigin;
  if (beside === null) return NOWHERE;
  return lookUp(beside)?.place ?? { key: null, depth: 0 };
}

function placeInDoc(item: Y.Item): Place {
  let depth = 1;
  let { parent } = item;
  while (parent instanceof Y.AbstractType && parent._item !== null) {
    depth += 1;
    parent = parent._item.parent;
  }
  return { key: item.parentSub, depth };
}

/** Binary search by clock in a list sorted by it. */
function search<T>(
  list: readonly T[] | undefined,
  clock: number,
  itemOf: (entry: T) => Y.Item,
): T | undefined {
  if (list === undefined) return undefined;
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = list[middle];
    if (entry === undefined) return undefined;
    const { id, length } = itemOf(entry);
    if (clock < id.clock) high = middle - 1;
    else if (clock >= id.clock + length) low = middle + 1;
    else return entry;
  }
  return undefined;
}

function isDeletedIn(doc: Y.Doc, client: number, range: { clock: number; length: number }): boolean {
  const structs = doc.store.clients.get(client);
  const end = range.clock + range.length;
  if (structs === undefined || end > Y.getState(doc.store, client)) return false;
  for (let index = Y.findIndexSS(structs, range.clock); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) return true;
    if (!struct.deleted) return false;
  }
  return true;
}
