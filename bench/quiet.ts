import { setTimeout as wait } from 'node:timers/promises';
import type { Listener } from './audience.ts';

// A peer that reads a stream asks anew every five seconds.
const QUIET_MS = 8_000;

/** Resolves when everybody has heard so many numbers, or nobody hears anything any more. */
export async function heardEverything(listeners: readonly Listener[], count: number): Promise<void> {
  const heard = () => listeners.reduce((sum, { times }) => sum + times.size, 0);
  let [known, since] = [heard(), performance.now()];
  while (known < count * listeners.length && performance.now() - since < QUIET_MS) {
    await wait(50);
    const now = heard();
    if (now !== known) [known, since] = [now, performance.now()];
  }
}
