import { describe, expect, it } from 'vitest';
import { formatDuration, formatTime, formatTimeExact } from './format.ts';

/** An instant whose time on the reader's own clock is known, wherever the test runs. */
const local = (hours: number, minutes: number, seconds = 0) =>
  new Date(2026, 10, 21, hours, minutes, seconds).toISOString();

describe(formatTime, () => {
  it("writes the reader's own time in two digits each, midnight as 00", () => {
    expect(formatTime(local(14, 5))).toBe('14:05');
    expect(formatTime(local(0, 0))).toBe('00:00');
    expect(formatTimeExact(local(9, 59, 7))).toBe('09:59:07');
  });

  it('writes what the language would write', () => {
    const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const instant = local(Math.floor(minute / 60), minute % 60);
      for (const locale of ['zh-CN', 'en'])
        expect(formatTime(instant)).toBe(new Intl.DateTimeFormat(locale, options).format(new Date(instant)));
    }
  });
});

describe(formatDuration, () => {
  it('writes hours only when there are some, and a minus before what is over', () => {
    expect(formatDuration(245_000)).toBe('4:05');
    expect(formatDuration(3_845_000)).toBe('1:04:05');
    expect(formatDuration(-65_000)).toBe('−1:05');
    expect(formatDuration(-999)).toBe('0:00');
  });
});
