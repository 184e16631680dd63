import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPulse } from './pulse.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe(createPulse.name, () => {
  it('beats for each once in a period, spread over it, and no more for who has left', () => {
    const beats = Array.from({ length: 45 }, () => 0);
    const pulse = createPulse<number>(15_000, (index) => void (beats[index]! += 1));
    for (const index of beats.keys()) pulse.add(index);
    const sum = () => beats.reduce((total, count) => total + count, 0);
    vi.advanceTimersByTime(1_000);
    expect(sum()).toBe(3);
    vi.advanceTimersByTime(14_000);
    expect(beats).toEqual(beats.map(() => 1));
    pulse.remove(7);
    vi.advanceTimersByTime(30_000);
    expect(beats.filter((count) => count !== 3)).toEqual([1]);
    pulse.close();
    vi.advanceTimersByTime(30_000);
    expect(sum()).toBe(44 * 3 + 1);
  });
});
