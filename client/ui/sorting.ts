interface Item {
  readonly id: string;
}

interface Step<T> {
  readonly id: string;
  /** One place up or down. */
  readonly by: -1 | 1;
  /** Whether an item can be moved, and whether another can be put before it. */
  readonly isMovable: (item: T) => boolean;
}

/** Before which item one stands after a step; null: at the end; undefined: it cannot go there. */
export function stepBefore<T extends Item>(
  items: readonly T[],
  { id, by, isMovable }: Step<T>,
): string | null | undefined {
  const at = items.findIndex((item) => item.id === id);
  const other = items[at + by];
  if (at < 0 || other === undefined) return undefined;
  const next = by === -1 ? other : items[at + 2];
  if (next === undefined) return null;
  return isMovable(next) ? next.id : undefined;
}

interface Drag<T> extends Omit<Step<T>, 'by'> {
  /** Where the pointer is, and where each row stands; pixels of the window. */
  readonly y: number;
  readonly rows: readonly { readonly top: number; readonly bottom: number }[];
}

/** Before which item something dragged would be put; null: at the end; its own id: it stays. */
export function targetAt<T extends Item>(
  items: readonly T[],
  { id, y, rows, isMovable }: Drag<T>,
): string | null {
  const from = items.findIndex((item) => item.id === id);
  const at = rows.findIndex(({ top, bottom }) => y < (top + bottom) / 2);
  const place = at < 0 ? items.length : at;
  // Between itself and the next one: it stays.
  if (place === from || place === from + 1) return id;
  return items.slice(place).find(isMovable)?.id ?? null;
}
