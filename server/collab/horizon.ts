import * as Y from 'yjs';
import { createLabour, join, type Crowd, type Labour } from './labour.ts';
import { createShadows, type Shadows } from './shadows.ts';
import { isSameList, placeInDoc, placeOf, type LookUp, type Place, type Placed } from './place.ts';

/** New items of one update, before it is taken. */
export type Draft = {
  /**
   * Where a new item stands; null: nowhere. Items must come in the order in which they can be taken in: each after
   * what it hangs on.
   */
  readonly place: (item: Y.Item) => Place | null;
  readonly labour: Labour;
  /** How many comparisons its items will cost; more than most are not counted. */
  readonly comparisons: (most: number) => number;
};

/** What is known at one moment: a document, and the updates of the batch that will follow it. */
export type Horizon = {
  /** The first clock of a client that is not known. */
  readonly next: (client: number) => number;
  readonly deleted: (client: number, clock: number, length: number) => Deleted;
  readonly draft: () => Draft;
  /** Counts the update that was judged last as known from now on. */
  readonly take: (structs: readonly (Y.Item | Y.GC | Y.Skip)[]) => void;
};

/** Items of each client that are not in the document yet, by clock. */
type Ahead = Map<number, Placed[]>;

/** A view on doc that can be moved ahead of it without touching it. */
export function createHorizon(doc: Y.Doc): Horizon {
  const ends = new Map<number, number>();
  const taken: Ahead = new Map();
  const next = (client: number) => ends.get(client) ?? Y.getState(doc.store, client);
  const crowd: Crowd = new Map();
  const inOrder: Placed[] = [];
  // Made when something looks crowded, and kept up with what is taken; spoilt by an update that is not.
  let shadows: { readonly of: Shadows; count: number; spoiltBy: readonly Placed[] | null } | null = null;
  let last: Ahead = new Map();
  let lastInOrder: Placed[] = [];
  let added: Crowd = new Map();
  return {
    next,
    deleted: (client, clock, length) => deletedIn(doc, client, { clock, length }),
    draft: () => {
      last = new Map();
      added = new Map();
      const drafted: Placed[] = [];
      lastInOrder = drafted;
      return {
        place: createPlacer({ doc, next, taken, drafted: last, inOrder: drafted }),
        labour: createLabour({ doc, next }, { crowd, added }),
        comparisons: (most) => {
          if (shadows === null || shadows.spoiltBy !== null)
            shadows = { of: createShadows(doc), count: 0, spoiltBy: null };
          shadows.of.put(inOrder.slice(shadows.count), Number.POSITIVE_INFINITY);
          shadows.count = inOrder.length;
          shadows.spoiltBy = drafted;
          return shadows.of.put(drafted, most);
        },
      };
    },
    take: (structs) => {
      for (const { id, length } of structs) {
        if (id.clock + length > next(id.client)) ends.set(id.client, id.clock + length);
      }
      for (const placed of last.values()) for (const one of placed) add(taken, one);
      for (const one of lastInOrder) inOrder.push(one);
      if (shadows?.spoiltBy === lastInOrder) {
        shadows.spoiltBy = null;
        shadows.count = inOrder.length;
      }
      join(crowd, added);
      last = new Map();
      lastInOrder = [];
      added = new Map();
    },
  };
}

function createPlacer(known: {
  readonly doc: Y.Doc;
  readonly next: Horizon['next'];
  readonly taken: Ahead;
  readonly drafted: Ahead;
  readonly inOrder: Placed[];
}): Draft['place'] {
  const { doc, next, taken, drafted, inOrder } = known;

  const lookUp: LookUp = (id) => {
    if (id.clock >= next(id.client)) return search(drafted.get(id.client), id.clock) ?? 'gone';
    if (id.clock >= Y.getState(doc.store, id.client)) return search(taken.get(id.client), id.clock) ?? 'gone';
    const item = Y.getItem(doc.store, id);
    if (!(item instanceof Y.Item)) return 'gone';
    const place = placeInDoc(item, doc);
    return place === null ? null : { item, place };
  };

  /** The known part of an item that is half known stands where the whole says it does. */
  function continues({ id }: Y.Item, place: Place): boolean {
    const known = next(id.client);
    if (id.clock >= known) return true;
    const before = lookUp(Y.createID(id.client, known - 1));
    if (before === null || before === 'gone') return before === 'gone' && place.parent === 'gone';
    return isSameList(before.place, place);
  }

  return (item) => {
    const place = placeOf(item, lookUp);
    if (place === null || !continues(item, place)) return null;
    const placed = { item, place };
    add(drafted, placed);
    inOrder.push(placed);
    return place;
  };
}

function add(ahead: Ahead, placed: Placed): void {
  const list = ahead.get(placed.item.id.client);
  if (list === undefined) ahead.set(placed.item.id.client, [placed]);
  else list.push(placed);
}

/** Binary search by clock in a list sorted by it. */
function search(list: readonly Placed[] | undefined, clock: number): Placed | undefined {
  if (list === undefined) return undefined;
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const placed = list[middle];
    if (placed === undefined) return undefined;
    const { id, length } = placed.item;
    if (clock < id.clock) high = middle - 1;
    else if (clock >= id.clock + length) low = middle + 1;
    else return placed;
  }
  return undefined;
}

/** Whether all of a range is deleted, and what it took to see that, in comparisons: one range may lie over many structs. */
export type Deleted = { readonly isDeleted: boolean; readonly labour: number };

const NOT_HERE: Deleted = { isDeleted: false, labour: 0 };
/** So many structs are passed in the time of one comparison. */
const PASSED = 4;

export function deletedIn(doc: Y.Doc, client: number, range: { clock: number; length: number }): Deleted {
  const structs = doc.store.clients.get(client);
  const end = range.clock + range.length;
  if (structs === undefined || end > Y.getState(doc.store, client)) return NOT_HERE;
  const first = Y.findIndexSS(structs, range.clock);
  let index = first;
  for (; index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) break;
    if (!struct.deleted) return { isDeleted: false, labour: (index - first) / PASSED };
  }
  return { isDeleted: true, labour: (index - first) / PASSED };
}
