import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHold } from './hold.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage() {
  const taken: string[][] = [];
  return { taken, hold: createHold<string>((items) => taken.push([...items])) };
}

describe('createHold', () => {
  it('keeps nothing while no input method is at work', () => {
    const { hold, taken } = stage();
    expect(hold.keep('a', 1)).toBe(false);
    hold.begin();
    hold.release();
    expect(hold.keep('b', 1)).toBe(false);
    expect(taken).toEqual([]);
  });

  it('lets everything go at once and in order, a moment after the word is chosen', () => {
    const { hold, taken } = stage();
    hold.begin();
    for (const item of ['a', 'b', 'c']) expect(hold.keep(item, 1)).toBe(true);
    hold.end();
    expect(taken).toEqual([]);
    vi.advanceTimersByTime(49);
    expect(hold.keep('d', 1)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(taken).toEqual([['a', 'b', 'c', 'd']]);
    expect(hold.keep('e', 1)).toBe(false);
  });

  it('goes on when the next word begins before the first has settled', () => {
    const { hold, taken } = stage();
    hold.begin();
    hold.keep('a', 1);
    hold.end();
    vi.advanceTimersByTime(20);
    hold.begin();
    vi.advanceTimersByTime(1_000);
    expect(taken).toEqual([]);
    hold.end();
    vi.advanceTimersByTime(50);
    expect(taken).toEqual([['a']]);
  });

  it('waits for ten seconds after the last letter, and not for ever [W13]', () => {
    const { hold, taken } = stage();
    hold.begin();
    hold.keep('a', 1);
    vi.advanceTimersByTime(9_000);
    hold.begin();
    vi.advanceTimersByTime(9_999);
    expect(taken).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(taken).toEqual([['a']]);
  });

  it('does not pile up more than it may', () => {
    const { hold, taken } = stage();
    hold.begin();
    hold.keep('a', 600 * 1024);
    expect(taken).toEqual([]);
    expect(hold.keep('b', 600 * 1024)).toBe(true);
    expect(taken).toEqual([['a', 'b']]);
  });
});
