import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deviceNow } from '../lib/early.ts';
import { createServerClock, type ClockReading } from './server-clock.ts';

const AHEAD_MS = 5_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

/** A server whose clock is five seconds ahead, over a line that takes these times there and back. */
function stage(...trips: readonly (readonly [there: number, back: number])[]) {
  const found: number[] = [];
  let asked = 0;
  const clock = createServerClock({
    ask: async (): Promise<ClockReading> => {
      const trip = trips[Math.min(asked, trips.length - 1)];
      asked += 1;
      if (trip === undefined) throw new Error('away');
      const askedAt = deviceNow();
      await wait(trip[0]);
      const now = new Date(deviceNow() + AHEAD_MS).toISOString();
      await wait(trip[1]);
      return { now, askedAt, spokenAt: (askedAt + deviceNow()) / 2 };
    },
    found: (offsetMs) => found.push(offsetMs),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  clock.start();
  const slow = () => clock.heard({ askedAt: deviceNow() - 3_000, spokenAt: deviceNow() - 1_500 });
  return { clock, found, asked: () => asked, slow };
}

it('asks for the time only where the first picture came too slowly to tell it [F6]', async () => {
  const quick = stage([10, 10]);
  quick.clock.heard({ askedAt: deviceNow() - 100, spokenAt: deviceNow() - 50 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(quick.asked()).toBe(0);
  const late = stage([10, 10]);
  late.slow();
  await vi.advanceTimersByTimeAsync(50);
  expect(late.found.map(Math.round)).toEqual([AHEAD_MS]);
  expect(late.asked()).toBe(1);
});

it('believes the quickest of three answers when none is quick, and is off by half of it at most [F6]', async () => {
  const { slow, found, asked } = stage([100, 900], [300, 400], [500, 2_000]);
  slow();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked()).toBe(3);
  expect(Math.abs((found[0] ?? 0) - AHEAD_MS)).toBeLessThanOrEqual(350);
});

it('asks again after the device slept or its time of day was set, and while the server is away [F6]', async () => {
  const { clock, found, asked } = stage([5, 5]);
  clock.heard({ askedAt: deviceNow() - 20, spokenAt: deviceNow() - 10 });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked()).toBe(0);
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(asked()).toBe(1);
  // The hour that somebody set the phone forward moves no timer.
  expect(found.map(Math.round)).toEqual([AHEAD_MS]);
  clock.stop();
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked()).toBe(1);
});
