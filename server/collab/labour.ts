import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Place } from './place.ts';

/** New items that were put beside the same one: the last, how many, and whether each was put right before the last. */
type Spot = {
  readonly client: number;
  readonly clock: number;
  readonly items: number;
  readonly isStack: boolean;
  /** What the last was compared with: no more can stand before it. */
  readonly compared: number;
};
/** New items of one list: how many, and at which spots. */
type List = { items: number; readonly spots: Map<string, Spot> };

/** New items of an update, or of a batch, by the list that they stand in. */
export type Crowd = Map<unknown, Map<string | null, List>>;

/**
 * What taking an update in will cost Yjs, here and in every reader's browser. Two things grow with the square of a small
 * update [W17]: putting items at a spot where many others were put at once, because each is compared with all; and
 * cutting long lists of structs in the middle, because each cut moves all that follow.
 */
export type Labour = {
  /** Counts a new item. False: the update as a whole is too much. */
  readonly puts: (item: Y.Item, place: Place) => boolean;
  /** Whether so much was put at the same spots that what it costs must be counted one by one. */
  readonly isCrowded: () => boolean;
  /** What was counted so far, in comparisons. */
  readonly price: () => number;
  /** So many were made to count what is crowded. */
  readonly compared: (count: number) => void;
  /** Counts a range of deleted words. */
  readonly deletes: (client: number, range: { readonly clock: number; readonly length: number }) => boolean;
};

/** An item, and how many structs of its client stand from it on. */
type Found = { readonly item: Y.Item; readonly tail: number };
/** So many structs are moved in the time of one comparison, and so many comparisons made while one item is taken in. */
const MOVES = 250;
const ITEM = 10;
type Known = { readonly doc: Y.Doc; readonly next: (client: number) => number };

/** crowd: new items that are counted already; added: where those of this update are counted. */
export function createLabour(
  { doc, next }: Known,
  { crowd, added }: { readonly crowd: Crowd; readonly added: Crowd },
): Labour {
  let steps: number = TEXT_LIMITS.comparisons;
  let crowded: number = TEXT_LIMITS.crowd;
  let moves: number = TEXT_LIMITS.moves;
  let items = 0;
  let counted = 0;

  /** A known item; null when it is not in the document. */
  function find(id: Y.ID | null): Found | null {
    if (id === null || id.clock >= Y.getState(doc.store, id.client)) return null;
    const structs = doc.store.clients.get(id.client) ?? [];
    const index = Y.findIndexSS(structs, id.clock);
    const item = structs[index];
    return item instanceof Y.Item ? { item, tail: structs.length - index } : null;
  }

  function puts(item: Y.Item, place: Place): boolean {
    items += 1;
    if (place.parent === 'gone') return true;
    const known = next(item.id.client);
    const origin = item.id.clock < known ? Y.createID(item.id.client, known - 1) : item.origin;
    const left = find(origin);
    const name = origin === null ? '' : `${origin.client}:${origin.clock}`;
    const before = crowd.get(place.holder)?.get(place.key);
    const here = listOf(added, place);
    const last = here.spots.get(name) ?? before?.spots.get(name);
    const others = (before?.items ?? 0) + here.items;
    const most = last !== undefined && isBefore(item, last) ? last.compared : Number.POSITIVE_INFINITY;
    // Beside a new item there is nothing yet but new ones.
    const compared = origin !== null && left === null ? 0 : compare(item, { origin, left, most }, place);
    const isStack = last === undefined || (last.isStack && isBefore(item, last));
    // Whoever types at one spot again and again passes nothing new, and none of the same spot if others were there too.
    if (!isStack) crowded -= others;
    else if (compared > 0) crowded -= others - (last?.items ?? 0);
    steps -= compared;
    here.items += 1;
    here.spots.set(name, {
      client: item.id.client,
      clock: item.id.clock,
      items: (last?.items ?? 0) + 1,
      isStack,
      compared,
    });
    return steps >= 0 && moves >= 0;
  }

  /** How many items of the document Yjs compares a new one with: its own loop, without the joining. */
  function compare(
    item: Y.Item,
    {
      origin,
      left,
      most,
    }: { readonly origin: Y.ID | null; readonly left: Found | null; readonly most: number },
    place: Place,
  ): number {
    const right = find(item.rightOrigin);
    const isCut =
      left !== null && origin !== null && origin.clock + 1 < left.item.id.clock + left.item.length;
    if (isCut) moves -= left.tail;
    if (left !== null && left.item === right?.item) return 0;
    if (right !== null && item.rightOrigin !== null && item.rightOrigin.clock > right.item.id.clock)
      moves -= right.tail;
    // What is cut off is the first that it is compared with.
    if (isCut && endsAt(left.item, item)) return 1;
    let count = isCut ? 1 : 0;
    let other = left === null ? firstOf(place) : left.item.right;
    const passed = new Set<Y.Item>(isCut ? [left.item] : []);
    while (other !== null && other !== right?.item && count < most && count <= steps) {
      count += 1;
      passed.add(other);
      if (Y.compareIDs(origin, other.origin)) {
        if (endsAt(other, item)) break;
      } else {
        const above = find(other.origin);
        if (above === null || !passed.has(above.item)) break;
      }
      other = other.right;
    }
    return count;
  }

  function firstOf({ parent, holder, key }: Place): Y.Item | null {
    const type = parent === 'doc' ? doc.share.get(TEXT_FRAGMENT) : holder;
    if (!(type instanceof Y.AbstractType)) return null;
    if (key === null) return type._start;
    let first = type._map.get(key) ?? null;
    for (; first !== null && first.left !== null; first = first.left) steps -= 1;
    return first;
  }

  return {
    puts,
    isCrowded: () => crowded < 0,
    price: () =>
      items * ITEM + counted + TEXT_LIMITS.comparisons - steps + (TEXT_LIMITS.moves - moves) / MOVES,
    compared: (count) => {
      counted += count;
    },
    deletes: (client, { clock, length }) => {
      const first = find(Y.createID(client, clock));
      const last = find(Y.createID(client, clock + length - 1));
      if (first !== null && first.item.id.clock < clock) moves -= first.tail;
      if (last !== null && last.item.id.clock + last.item.length > clock + length) moves -= last.tail;
      // What is deleted is joined to what was deleted beside it.
      if (first !== null && first.tail > TEXT_LIMITS.longList) moves -= first.tail;
      return moves >= 0;
    },
  };
}

function isBefore({ rightOrigin }: Y.Item, last: Spot): boolean {
  return rightOrigin !== null && rightOrigin.client === last.client && rightOrigin.clock === last.clock;
}

/** Of two at one spot with the same to their right, the smaller client stands first. */
function endsAt(other: Y.Item, { id, rightOrigin }: Y.Item): boolean {
  return other.id.client >= id.client && Y.compareIDs(rightOrigin, other.rightOrigin);
}

function listOf(crowd: Crowd, { holder, key }: Place): List {
  const lists = crowd.get(holder) ?? new Map<string | null, List>();
  crowd.set(holder, lists);
  const list = lists.get(key) ?? { items: 0, spots: new Map() };
  lists.set(key, list);
  return list;
}

/** Counts what was added to one crowd in another. */
export function join(crowd: Crowd, added: Crowd): void {
  for (const [holder, lists] of added) {
    for (const [key, list] of lists) {
      const known = crowd.get(holder)?.get(key);
      if (known === undefined) {
        crowd.set(holder, (crowd.get(holder) ?? new Map<string | null, List>()).set(key, list));
        continue;
      }
      known.items += list.items;
      for (const [spot, last] of list.spots) known.spots.set(spot, last);
    }
  }
}
