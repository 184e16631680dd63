import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import type { Place, Placed } from './place.ts';

/** A stretch of one list: an item, or the part of it that a cut left. */
type Shadow = {
  readonly client: number;
  readonly clock: number;
  length: number;
  readonly origin: Y.ID | null;
  readonly rightOrigin: Y.ID | null;
  right: Shadow | null;
};

/** One list of the text, in its order, and what stands in it by client and clock. */
type List = { first: Shadow | null; readonly byClient: Map<number, Shadow[]> };

/**
 * Counts how many comparisons Yjs makes to take in new items one after the other: its own way of finding the place among
 * what was put at the same spot, gone through on shadows of the lists. Ends early when there are more than most.
 */
export type Shadows = {
  readonly put: (items: readonly Placed[], most: number) => number;
  /** Every letter of a list in its order, as client:clock. */
  readonly line: (place: Place) => readonly string[];
};

export function createShadows(doc: Y.Doc): Shadows {
  const lists = new Map<unknown, Map<string | null, List>>();
  return {
    put: (items, most) => {
      let count = 0;
      for (const { item, place } of items) {
        if (place.parent === 'gone') continue;
        count += put(listOf(doc, lists, place), item, most - count);
        if (count > most) break;
      }
      return count;
    },
    line: (place) => {
      const letters: string[] = [];
      for (let next = listOf(doc, lists, place).first; next !== null; next = next.right)
        for (let at = 0; at < next.length; at += 1) letters.push(`${next.client}:${next.clock + at}`);
      return letters;
    },
  };
}

function listOf(
  doc: Y.Doc,
  lists: Map<unknown, Map<string | null, List>>,
  { parent, holder, key }: Place,
): List {
  const known = lists.get(holder) ?? new Map<string | null, List>();
  lists.set(holder, known);
  const list = known.get(key) ?? shadowOf(parent === 'doc' ? doc.share.get(TEXT_FRAGMENT) : holder, key);
  known.set(key, list);
  return list;
}

function shadowOf(type: unknown, key: string | null): List {
  const list: List = { first: null, byClient: new Map() };
  let next: Y.Item | null = null;
  // What is new itself holds nothing yet.
  if (type instanceof Y.AbstractType && type.doc !== null) {
    next = key === null ? type._start : (type._map.get(key) ?? null);
    while (next !== null && next.left !== null) next = next.left;
  }
  let last: Shadow | null = null;
  for (; next !== null; next = next.right) {
    const { id, length, origin, rightOrigin } = next;
    const shadow: Shadow = { client: id.client, clock: id.clock, length, origin, rightOrigin, right: null };
    if (last === null) list.first = shadow;
    else last.right = shadow;
    last = shadow;
    lineOf(list, id.client).push(shadow);
  }
  for (const line of list.byClient.values()) line.sort((one, other) => one.clock - other.clock);
  return list;
}

function lineOf({ byClient }: List, client: number): Shadow[] {
  const line = byClient.get(client) ?? [];
  byClient.set(client, line);
  return line;
}

/** Puts one item into its list; answers how much it was compared with. */
function put(list: List, item: Y.Item, most: number): number {
  const line = lineOf(list, item.id.client);
  const last = line[line.length - 1];
  // Of an item that is half known the rest follows the known half.
  const known = last === undefined ? 0 : last.clock + last.length;
  const clock = Math.max(item.id.clock, known);
  const length = item.id.clock + item.length - clock;
  if (length < 1) return 0;
  const origin = clock === item.id.clock ? item.origin : Y.createID(item.id.client, clock - 1);
  const left = origin === null ? null : endingAt(list, origin);
  const right = item.rightOrigin === null ? null : startingAt(list, item.rightOrigin);
  const shadow: Shadow = {
    client: item.id.client,
    clock,
    length,
    origin,
    rightOrigin: item.rightOrigin,
    right: null,
  };
  const { after, count } = spotOf(list, shadow, { left, right, most });
  if (after === null) {
    shadow.right = list.first;
    list.first = shadow;
  } else {
    shadow.right = after.right;
    after.right = shadow;
  }
  line.push(shadow);
  return count;
}

function spotOf(
  list: List,
  shadow: Shadow,
  {
    left,
    right,
    most,
  }: { readonly left: Shadow | null; readonly right: Shadow | null; readonly most: number },
): { readonly after: Shadow | null; readonly count: number } {
  let after = left;
  let other = left === null ? list.first : left.right;
  let count = 0;
  const passed = new Set<Shadow>();
  const conflicting = new Set<Shadow>();
  for (; other !== null && other !== right && count <= most; other = other.right) {
    count += 1;
    passed.add(other);
    conflicting.add(other);
    if (Y.compareIDs(shadow.origin, other.origin)) {
      if (other.client < shadow.client) {
        after = other;
        conflicting.clear();
      } else if (Y.compareIDs(shadow.rightOrigin, other.rightOrigin)) break;
      continue;
    }
    const above = other.origin === null ? null : (find(list, other.origin)?.shadow ?? null);
    if (above === null || !passed.has(above)) break;
    if (conflicting.has(above)) continue;
    after = other;
    conflicting.clear();
  }
  return { after, count };
}

function find(
  { byClient }: List,
  { client, clock }: Y.ID,
): { shadow: Shadow; line: Shadow[]; at: number } | null {
  const line = byClient.get(client) ?? [];
  let low = 0;
  let high = line.length - 1;
  while (low <= high) {
    const at = (low + high) >> 1;
    const shadow = line[at];
    if (shadow === undefined) return null;
    if (clock < shadow.clock) high = at - 1;
    else if (clock >= shadow.clock + shadow.length) low = at + 1;
    else return { shadow, line, at };
  }
  return null;
}

function endingAt(list: List, id: Y.ID): Shadow | null {
  const found = find(list, id);
  if (found === null) return null;
  if (found.shadow.clock + found.shadow.length > id.clock + 1) cut(found, id.clock + 1);
  return found.shadow;
}

function startingAt(list: List, id: Y.ID): Shadow | null {
  const found = find(list, id);
  if (found === null) return null;
  return found.shadow.clock === id.clock ? found.shadow : cut(found, id.clock);
}

function cut({ shadow, line, at }: { shadow: Shadow; line: Shadow[]; at: number }, clock: number): Shadow {
  const { client, rightOrigin, right } = shadow;
  const origin = Y.createID(client, clock - 1);
  const rest: Shadow = {
    client,
    clock,
    length: shadow.clock + shadow.length - clock,
    origin,
    rightOrigin,
    right,
  };
  shadow.length = clock - shadow.clock;
  shadow.right = rest;
  line.splice(at + 1, 0, rest);
  return rest;
}
