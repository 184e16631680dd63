import { describe, expect, it } from 'vitest';
import { isHeld } from './ceiling.ts';
import { createFigures, type Figures } from './figures.ts';

const BOUNDS = { ackMs: 500, seenMs: 800 };

/** A step in which so many views were posted; seen by how many, and answered or not. */
function step({ ok = 0, info = 0, ackMs = 10, seen = 0, seenMs = 20 }): Figures {
  const figures = createFigures();
  figures.ends.view.ok = ok;
  figures.ends.view.info = info;
  for (let n = 0; n < ok; n += 1) figures.acknowledged.view.add(ackMs);
  for (let n = 0; n < seen; n += 1) figures.seen.add(seenMs);
  return figures;
}

describe('isHeld', () => {
  it('holds a hall that was answered and saw everything in time', () => {
    expect(isHeld(step({ ok: 200, info: 2, seen: 900 }), BOUNDS)).toBe(true);
  });

  it.each([
    ['nobody was answered', step({ info: 300 })],
    ['nothing happened', step({})],
    ['too many were left without an answer', step({ ok: 100, info: 3, seen: 100 })],
    ['nobody saw what was posted', step({ ok: 100 })],
    ['answers came late', step({ ok: 100, ackMs: 700, seen: 100 })],
    ['views came late', step({ ok: 100, seen: 100, seenMs: 900 })],
  ])('does not when %s', (_, figures) => {
    expect(isHeld(figures, BOUNDS)).toBe(false);
  });
});
