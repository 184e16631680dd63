import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../testing/seed.ts';
import { folded, hasWords, placesOf } from './search.ts';

const seed = freshSeed();
const marked = (text: string, words: string) =>
  placesOf(text, words).map(([from, to]) => text.slice(from, to));

describe('hasWords', () => {
  it('finds any part of a text, whatever its width and case [V10]', () => {
    const said = { text: '建议在校门口设ＡＢＣ三区，Ｗｉ－Ｆｉ覆盖。' };
    for (const words of ['校门', 'abc', 'ＡＢＣ三区', 'wi-fi', '，']) {
      expect(hasWords(said, folded(words))).toBe(true);
    }
    expect(hasWords(said, folded('后门'))).toBe(false);
  });
});

describe('placesOf', () => {
  it('tells where the words stand as they are written, also where folding makes them longer or shorter [V10]', () => {
    expect(marked('校门口与校门外', '校门')).toEqual(['校门', '校门']);
    expect(marked('用Ｗｉ－Ｆｉ。', 'WI-FI')).toEqual(['Ｗｉ－Ｆｉ']);
    expect(marked('共㎏三个', 'kg')).toEqual(['㎏']);
    expect(marked('un cafe\u0301 noir', 'café')).toEqual(['cafe\u0301']);
    expect(marked('oﬀ', 'f')).toEqual(['ﬀ']);
    expect(marked('没有', '校门')).toEqual([]);
    expect(marked('没有', ' ')).toEqual([]);
  });

  it(`marks what is found in what was searched, in order (seed ${seed})`, () => {
    const text = fc.string({
      unit: fc.constantFrom('校', '门', 'Ａ', 'a', 'ﬁ', '㎏', '，', 'é', 'e\u0301', '𠮷', ' '),
    });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat({ max: 4 }), (words, at, length) => {
        const from = words.length === 0 ? 0 : at % words.length;
        const needle = folded(words.slice(from, from + length).trim());
        const places = placesOf(words, needle);
        for (const [a, b] of places) expect(folded(words.slice(a, b))).toContain(needle);
        for (const [n, [a]] of places.entries()) expect(a).toBeGreaterThanOrEqual(places[n - 1]?.[1] ?? 0);
      }),
      { seed },
    );
  });
});
