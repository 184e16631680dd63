import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mendBrowser } from './old-browsers.ts';

const typedArrays: object = Object.getPrototypeOf(Uint8Array.prototype);
const LATER: readonly (readonly [object, string])[] = [
  [Object, 'hasOwn'],
  [String.prototype, 'at'],
  ...[Array.prototype, typedArrays].flatMap((owner) =>
    ['at', 'findLast', 'findLastIndex'].map((name) => [owner, name] as const),
  ),
];

/** What the act answers in a browser that has none of the later functions of its own. */
function inAnOldBrowser<T>(act: () => T): T {
  const own = LATER.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  for (const [owner, name] of LATER) Reflect.deleteProperty(owner, name);
  try {
    return act();
  } finally {
    for (const [index, [owner, name]] of LATER.entries())
      Object.defineProperty(owner, name, own[index] ?? {});
  }
}

const PLACES = [0, 2, 3, -1, -3, -4, 1.9, -1.9, Number.NaN];
function everything(): unknown {
  const bytes = Uint8Array.of(7, 8, 9);
  const isOdd = (value: number) => value % 2 === 1;
  const heard: unknown[] = [];
  const last = [1, 2, 3, 4].findLast(function hear(this: unknown, ...input) {
    heard.push([this, ...input]);
    return isOdd(input[0]);
  }, 'self');
  return [
    PLACES.map((place) => [['a', 'b', 'c'].at(place), 'xyz'.at(place), bytes.at(place)]),
    [last, heard, [2].findLast(isOdd), bytes.findLast(isOdd)],
    [[1, 2, 3, 4].findLastIndex(isOdd), [2].findLastIndex(isOdd), bytes.findLastIndex(isOdd)],
    [Object.hasOwn({ a: undefined }, 'a'), Object.hasOwn({}, 'toString')],
    Object.hasOwn(Object.assign(Object.create(null), { b: 1 }), 'b'),
    Object.keys([1]),
  ];
}

describe('mendBrowser', () => {
  it('lends what is lacking, which does as the real one', () => {
    expect(() => inAnOldBrowser(everything)).toThrow(TypeError);
    const lent = inAnOldBrowser(() => {
      mendBrowser();
      return everything();
    });
    expect(lent).toEqual(everything());
  });

  it('leaves alone what is there', () => {
    const own = LATER.map(([owner, name]) => Reflect.get(owner, name));
    mendBrowser();
    expect(LATER.map(([owner, name]) => Reflect.get(owner, name))).toEqual(own);
  });

  it.each([
    'client/main.tsx',
    'client/features/archives/verify-worker.ts',
    'client/features/recount/judge-worker.ts',
  ])('comes first in %s', (file) => {
    expect(readFileSync(file, 'utf8').split('\n')[0]).toMatch(/^import '.*\/lib\/old-browsers\.ts';$/);
  });
});
