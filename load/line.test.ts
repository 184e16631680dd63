import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../core/testing/seed.ts';
import { extend, lineFrom, type Mark } from './line.ts';

const marksOf = (prints: readonly number[]): Mark[] =>
  prints.map((print, index) => ({ seq: index + 1, print }));
const someMarks = fc.array(fc.nat(), { minLength: 2, maxLength: 30 }).map(marksOf);

describe('extend', () => {
  const seed = freshSeed();
  it(`comes to the same line however the events are cut into packets, with repeats (seed ${seed})`, () => {
    fc.assert(
      fc.property(someMarks, fc.array(fc.nat({ max: 30 })), (marks, cuts) => {
        const whole = extend(lineFrom(0), marks);
        let line = lineFrom(0);
        for (const end of [...cuts.sort((a, b) => a - b), marks.length]) {
          const from = Math.max(0, line.seq - 2);
          line = extend(line, marks.slice(from, Math.max(end, line.seq))) ?? line;
        }
        expect(line).toEqual(whole);
      }),
      { seed },
    );
  });

  it(`tells another order from the true one (seed ${seed})`, () => {
    fc.assert(
      fc.property(someMarks, fc.nat(), fc.nat(), (marks, a, b) => {
        const [one, two] = [marks[a % marks.length], marks[b % marks.length]];
        fc.pre(one !== undefined && two !== undefined && one.print !== two.print);
        const swapped = marks.map((mark) =>
          mark === one ? { ...mark, print: two.print } : mark === two ? { ...mark, print: one.print } : mark,
        );
        expect(extend(lineFrom(0), swapped)).not.toEqual(extend(lineFrom(0), marks));
      }),
      { seed },
    );
  });

  it('says so when an event is missing, and passes over what was heard', () => {
    const marks = marksOf([5, 6, 7]);
    expect(extend(lineFrom(0), marks.slice(1))).toBeNull();
    expect(extend(lineFrom(3), marks)).toEqual(lineFrom(3));
    expect(extend(lineFrom(1), marks)).toMatchObject({ from: 1, seq: 3 });
  });
});
