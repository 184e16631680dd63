import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../testing/seed.ts';
import { canonical } from './canonical.ts';

const seed = freshSeed();

describe(`canonical (seed ${seed})`, () => {
  it('gives equal values one text, whatever the order of their keys [L3]', () => {
    expect(canonical({ b: [1, { d: null, c: '字' }], a: undefined })).toBe('{"b":[1,{"c":"字","d":null}]}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(reversed)).toBe(canonical(value));
        // -0 is written as 0, as JSON does.
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed },
    );
  });
});
