import { describe, expect, it } from 'vitest';
import { oncePer } from './once-per.ts';

describe('what follows from a value that never changes', () => {
  it('is worked out once for each, also where the answer is nothing', () => {
    const asked: object[] = [];
    const answer = oncePer((key: { readonly n: number | null }) => {
      asked.push(key);
      return key.n;
    });
    const [one, other] = [{ n: 1 }, { n: null }];
    expect([answer(one), answer(other), answer(one), answer(other)]).toEqual([1, null, 1, null]);
    expect(asked).toEqual([one, other]);
    expect(answer({ n: 1 })).toBe(1);
    expect(asked).toHaveLength(3);
  });
});
