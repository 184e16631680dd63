import { describe, expect, it } from 'vitest';
import { comeBackMs } from './pace.ts';

const HALL = Array.from({ length: 1_000 }, (_, n) => n / 1_000);

describe('comeBackMs', () => {
  it('spreads a hall over a second, and has everybody try within one and a half', () => {
    const waits = HALL.map((chance) => comeBackMs(0, chance));
    for (const from of [0, 250, 500, 750, 1_000]) {
      const together = waits.filter((ms) => ms >= from && ms < from + 250);
      expect(together.length).toBeLessThan(HALL.length / 4);
    }
    expect(Math.max(...waits)).toBeLessThan(1_500);
  });

  it('asks a server that stays away less and less often, but never gives up', () => {
    const longest = [0, 4, 5, 6, 7, 1_000].map((failures) => comeBackMs(failures, 1));
    expect(longest).toEqual([...longest].sort((a, b) => a - b));
    expect(longest[1]).toBe(longest[0]);
    expect(longest.at(-1)).toBeLessThan(11_000);
  });
});
