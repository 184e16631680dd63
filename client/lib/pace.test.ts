import { describe, expect, it } from 'vitest';
import { comeBackMs } from './pace.ts';

const HALL = Array.from({ length: 1_000 }, (_, n) => n / 1_000);

describe('comeBackMs', () => {
  it('spreads a hall over seconds, and has everybody try within three', () => {
    const waits = HALL.map((chance) => comeBackMs(0, chance));
    for (const second of [0, 1_000, 2_000]) {
      const together = waits.filter((ms) => ms >= second && ms < second + 1_000);
      expect(together.length).toBeLessThan(HALL.length / 2);
    }
    expect(Math.max(...waits)).toBeLessThan(3_000);
  });

  it('asks a server that stays away less and less often, but never gives up', () => {
    const longest = [0, 4, 5, 6, 7, 1_000].map((failures) => comeBackMs(failures, 1));
    expect(longest).toEqual([...longest].sort((a, b) => a - b));
    expect(longest[1]).toBe(longest[0]);
    expect(longest.at(-1)).toBeLessThan(11_000);
  });
});
