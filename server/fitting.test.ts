import { describe, expect, it } from 'vitest';
import { fitting } from './fitting.ts';

describe('fitting', () => {
  it('counts bytes, not letters, and takes whole values from the first on', () => {
    const values = ['abc', '校门到', 'd'];
    expect(fitting(values, 100)).toEqual(values);
    // Quotes and a comma each: 6, then 12.
    expect(fitting(values, 18)).toEqual(['abc', '校门到']);
    expect(fitting(values, 17)).toEqual(['abc']);
    expect(fitting(values, 5)).toEqual([]);
  });
});
