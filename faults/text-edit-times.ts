import type { Histogram } from '../load/histogram.ts';
import { within } from '../rehearsal/within.ts';
import type { RawClient } from '../server/testing/raw-text-client.ts';

const THINK_MS = 15;
/** Longer than anybody would wait: then it is not slow, it is lost. */
const LOST_MS = 20_000;

/** One mark, with words behind it, and how long it takes until it is called saved. */
export async function writeOne(raw: RawClient, times: readonly Histogram[], words = ''): Promise<void> {
  const number = raw.echoes.length + 1;
  const began = performance.now();
  raw.type(`〔${number}〕${words}`);
  raw.barrier(number);
  await within(LOST_MS, 'for an edit to be saved', echoed(raw, number));
  for (const histogram of times) histogram.add(performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, THINK_MS));
}

function echoed(raw: RawClient, number: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (raw.echoes[raw.echoes.length - 1] !== number) return;
      raw.socket.off('message', look);
      resolve();
    };
    raw.socket.on('message', look);
    look();
  });
}

/** How many of the marks that were called saved are not among these words. */
export function lostOf({ echoes }: RawClient, words: string): number {
  return echoes.filter((number) => !words.includes(`〔${number}〕`)).length;
}

export function figures(times: Histogram): string {
  const [p50, p99] = [times.quantile(0.5) ?? NaN, times.quantile(0.99) ?? NaN];
  return `${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} ms (p99)`;
}
