type Item = { readonly id: string };

// Where each id stands. One index serves all versions of a list that grew from one another, also those that came to
// nothing, so what it says is checked against the list that is asked about.
const indexes = new WeakMap<readonly Item[], Map<string, number>>();

/** Whether something in the list has this id. A room asks for each view, and has thousands. */
export function hasId(items: readonly Item[], id: string): boolean {
  return placeOf(items, id) !== -1;
}

/** Where something with this id stands in the list; -1 where nothing has it. */
export function placeOf(items: readonly Item[], id: string): number {
  // All rooms begin with the same empty list: an index of it would grow with every room, for ever.
  if (items.length === 0) return -1;
  const index = indexes.get(items) ?? indexed(items);
  const place = index.get(id);
  if (place === undefined) return -1;
  return items[place]?.id === id ? place : items.findIndex((item) => item.id === id);
}

/** The thing in the list with this id. */
export function itemOf<T extends Item>(items: readonly T[], id: string): T | undefined {
  const place = placeOf(items, id);
  return place === -1 ? undefined : items[place];
}

/** The list with another version of what stands at a place; what has the place keeps its id. */
export function withVersion<T extends Item>(items: readonly T[], place: number, item: T): readonly T[] {
  const changed = items.slice();
  changed[place] = item;
  const index = indexes.get(items);
  if (index !== undefined) indexes.set(changed, index);
  return changed;
}

/** The list with one more at its end. */
export function withItem<T extends Item>(items: readonly T[], item: T): readonly T[] {
  const longer = [...items, item];
  const index = indexes.get(items);
  if (index !== undefined) indexes.set(longer, index.set(item.id, items.length));
  return longer;
}

function indexed(items: readonly Item[]): Map<string, number> {
  const index = new Map(items.map(({ id }, place) => [id, place]));
  indexes.set(items, index);
  return index;
}
