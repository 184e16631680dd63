import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { readAdvances } from './hints.ts';
import { TEXT_LIMITS } from './limits.ts';
import { createWhispers } from './whispers.ts';

const [one, two] = [uuid('docu', 1) as DocumentId, uuid('docu', 2) as DocumentId];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A process that whispers, and what others hear of it and when. */
function stage() {
  const told: (readonly [atMs: number, advances: Record<string, number>])[] = [];
  const began = Date.now();
  const stop = vi.fn<() => void>();
  const bus = {
    publish: (_channel: string, message: string) =>
      void told.push([Date.now() - began, Object.fromEntries(readAdvances(message))]),
    subscribe: () => Promise.resolve(stop),
  };
  return { whispers: createWhispers(bus, () => undefined), told, stop };
}

describe(createWhispers.name, () => {
  it('tells what comes after a quiet while at once', async () => {
    const { whispers, told } = stage();
    for (let seq = 1; seq <= 3; seq += 1) {
      whispers.tell(one, seq);
      await vi.advanceTimersByTimeAsync(10 * TEXT_LIMITS.hintMs);
    }
    const every = 10 * TEXT_LIMITS.hintMs;
    expect(told).toEqual([
      [0, { [one]: 1 }],
      [every, { [one]: 2 }],
      [2 * every, { [one]: 3 }],
    ]);
  });

  it('tells what follows, in all texts, in one message a pace, and the last of it [W2]', async () => {
    const { whispers, told } = stage();
    for (let seq = 1; seq <= 100; seq += 1) {
      whispers.tell(one, seq);
      whispers.tell(two, 2 * seq);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.hintMs);
    // The first alone, then one a pace: a hundred milliseconds hold two of them, and the last comes after.
    expect(told.map(([atMs]) => atMs)).toEqual(
      Array.from({ length: Math.ceil(100 / TEXT_LIMITS.hintMs) + 1 }, (_, n) => n * TEXT_LIMITS.hintMs),
    );
    expect(told.at(-1)?.[1]).toEqual({ [one]: 100, [two]: 200 });
  });

  it('tells the last of it when the process ends, and hears no more', async () => {
    const { whispers, told, stop } = stage();
    whispers.tell(one, 1);
    whispers.tell(one, 2);
    await whispers.close();
    expect(told.map(([, advances]) => advances)).toEqual([{ [one]: 1 }, { [one]: 2 }]);
    expect(stop).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
