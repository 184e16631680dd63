import { describe, expect, it } from 'vitest';
import { marksOf, NO_MARKS, paperOf, score, scoresOf, toggle } from './paper.ts';

const options = [
  { id: 'a', text: 'A' },
  { id: 'b', text: 'B' },
  { id: 'c', text: 'C' },
];

describe('toggle', () => {
  it('replaces the choice of a single poll and collects those of a multiple one', () => {
    const single = toggle({ kind: 'single' }, toggle({ kind: 'single' }, NO_MARKS, 'a'), 'b');
    expect(single.choices).toEqual(['b']);
    const two = toggle({ kind: 'multiple' }, toggle({ kind: 'multiple' }, NO_MARKS, 'b'), 'a');
    expect(two.choices).toEqual(['b', 'a']);
    expect(toggle({ kind: 'multiple' }, two, 'b').choices).toEqual(['a']);
  });
});

describe('paperOf', () => {
  it('names choices in the order of the options [B2]', () => {
    expect(paperOf({ kind: 'multiple', options }, { choices: ['c', 'a'], scores: {} })).toEqual({
      choices: ['a', 'c'],
      scores: null,
    });
  });

  it('carries only the scores of a rating', () => {
    expect(paperOf({ kind: 'rating', options }, score(NO_MARKS, 'b', 4))).toEqual({
      choices: [],
      scores: { b: 4 },
    });
  });

  it('comes back as the same marks', () => {
    const paper = paperOf({ kind: 'rating', options }, score(NO_MARKS, 'b', 4));
    expect(paperOf({ kind: 'rating', options }, marksOf(paper))).toEqual(paper);
    expect(marksOf(null)).toEqual(NO_MARKS);
  });
});

describe('scoresOf', () => {
  it('lists the whole scale', () => {
    expect(scoresOf({ scale: { lowest: 0, highest: 3 } })).toEqual([0, 1, 2, 3]);
  });
});
