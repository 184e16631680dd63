// Phones of 2020 are part of the meeting: the build lowers the language for them, but brings none of the functions that
// came later. Imported before everything else, by every script that starts a page or a worker.

type Calls = (...input: never[]) => unknown;

/** From the end where the place is negative. */
function at(this: ArrayLike<unknown>, place: number): unknown {
  const whole = Math.trunc(place) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

function findLastIndex(this: ArrayLike<unknown>, holds: Test, self?: unknown): number {
  for (let index = this.length - 1; index >= 0; index -= 1) {
    if (holds.call(self, this[index], index, this)) return index;
  }
  return -1;
}
type Test = (this: unknown, value: unknown, index: number, all: ArrayLike<unknown>) => unknown;

function findLast(this: ArrayLike<unknown>, holds: Test, self?: unknown): unknown {
  return this[findLastIndex.call(this, holds, self)];
}

function hasOwn(owner: object, name: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(owner, name);
}

/** Gives this browser what it lacks of what we and our libraries call; what it has stays as it is. */
export function mendBrowser(): void {
  lend(Object, 'hasOwn', hasOwn);
  const typedArrays: unknown = Object.getPrototypeOf(Uint8Array.prototype);
  for (const lists of [Array.prototype, typedArrays]) {
    lend(lists, 'at', at);
    lend(lists, 'findLast', findLast);
    lend(lists, 'findLastIndex', findLastIndex);
  }
  lend(String.prototype, 'at', at);
}

function lend(owner: unknown, name: string, does: Calls): void {
  if (typeof owner !== 'object' && typeof owner !== 'function') return;
  if (owner === null || name in owner) return;
  Object.defineProperty(owner, name, { value: does, writable: true, configurable: true, enumerable: false });
}

mendBrowser();
