import { describe, expect, it } from 'vitest';
import { itemClock } from './timer.ts';

const start = '2026-11-21T08:00:00.000Z';
const at = (minutes: number) => Date.parse(start) + minutes * 60_000;
const item = { minutes: 10, startedAt: start, endedAt: null };

describe('itemClock', () => {
  it('waits before the item has its turn', () => {
    expect(itemClock({ ...item, startedAt: null }, at(5))).toMatchObject({ phase: 'waiting', elapsedMs: 0 });
  });

  it('runs, says when the last minute has come, and when it is over', () => {
    expect(itemClock(item, at(3))).toMatchObject({ phase: 'running', leftMs: 7 * 60_000 });
    expect(itemClock(item, at(9))).toMatchObject({ phase: 'last', leftMs: 60_000 });
    expect(itemClock(item, at(12))).toMatchObject({ phase: 'over', leftMs: -2 * 60_000 });
  });

  it('stands still once the item has ended', () => {
    const ended = { ...item, endedAt: '2026-11-21T08:08:00.000Z' };
    expect(itemClock(ended, at(99))).toMatchObject({ phase: 'done', elapsedMs: 8 * 60_000 });
  });

  it('never counts below zero when the browser guesses the clock too early', () => {
    expect(itemClock(item, at(-1)).elapsedMs).toBe(0);
  });

  it('has no end to warn of when no length was planned', () => {
    expect(itemClock({ ...item, minutes: 0 }, at(30)).phase).toBe('open');
  });
});
