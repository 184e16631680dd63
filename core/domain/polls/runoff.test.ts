import { describe, expect, it } from 'vitest';
import { recountRunoff } from '../../testing/recount/runoff.ts';
import { runOff } from './runoff.ts';

const times = (many: number, ranking: readonly string[]) => Array.from({ length: many }, () => ranking);

describe.each([
  ['the engine', runOff],
  ['the second counter', recountRunoff],
])('%s', (_, count) => {
  it('gives papers on until somebody has more than half of what is given [B20]', () => {
    const rankings = [...times(4, ['a']), ...times(3, ['b']), ...times(2, ['c', 'b']), ['d', 'c']];
    expect(count(['a', 'b', 'c', 'd'], rankings)).toEqual({
      rounds: [
        { counts: { a: 4, b: 3, c: 2, d: 1 }, exhausted: 0, out: ['d'] },
        // b and c have as many; c had less before.
        { counts: { a: 4, b: 3, c: 3 }, exhausted: 0, out: ['c'] },
        { counts: { a: 4, b: 5 }, exhausted: 1, out: [] },
      ],
      winners: ['b'],
    });
  });

  it('lets those go together whom no round tells apart, and calls a draw what is left of equals', () => {
    const rankings = [...times(2, ['a']), ...times(2, ['b']), ['c'], ['d']];
    expect(count(['a', 'b', 'c', 'd'], rankings)).toEqual({
      rounds: [
        { counts: { a: 2, b: 2, c: 1, d: 1 }, exhausted: 0, out: ['c', 'd'] },
        { counts: { a: 2, b: 2 }, exhausted: 2, out: [] },
      ],
      winners: ['a', 'b'],
    });
  });

  it('knows half as no majority: who had more before stays in', () => {
    expect(count(['a', 'b', 'c'], [...times(3, ['a']), ...times(2, ['b']), ['c', 'b']])).toEqual({
      rounds: [
        { counts: { a: 3, b: 2, c: 1 }, exhausted: 0, out: ['c'] },
        { counts: { a: 3, b: 3 }, exhausted: 0, out: ['b'] },
        { counts: { a: 3 }, exhausted: 3, out: [] },
      ],
      winners: ['a'],
    });
  });

  it('knows no winner without papers', () => {
    expect(count(['a', 'b'], [])).toEqual({
      rounds: [{ counts: { a: 0, b: 0 }, exhausted: 0, out: [] }],
      winners: [],
    });
  });
});
