import { setTimeout as wait } from 'node:timers/promises';

/** Starts work at even intervals, whether or not the one before has ended; resolves when all have. */
export async function atPace<T>(
  count: number,
  everyMs: number,
  work: (n: number) => Promise<T>,
): Promise<readonly T[]> {
  const began = performance.now();
  const running: Promise<T>[] = [];
  for (let n = 0; n < count; n += 1) {
    const early = began + n * everyMs - performance.now();
    if (early > 0) await wait(early);
    running.push(work(n));
  }
  return Promise.all(running);
}

/** How long something took, in milliseconds, and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
}
