import { within } from '../rehearsal/within.ts';

/** What one listener heard, and when: every number once, and in order where that is promised. */
export type Ledger = {
  readonly hear: (number: number) => void;
  /** Resolves when this many different numbers were heard; rejects when one came twice or out of order. */
  readonly heard: (count: number) => Promise<void>;
  /** Time (performance.now) at which each number came. */
  readonly times: ReadonlyMap<number, number>;
};

// A naive peer takes a while for a million deliveries.
const DEADLINE_MS = 180_000;

/** behind: numbers must come in order behind this one; null: in any order. */
export function createLedger(behind: number | null): Ledger {
  const times = new Map<number, number>();
  let last = behind;
  let fault: Error | null = null;
  let waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  return {
    times,
    hear: (number) => {
      if (last !== null && number !== last + 1) fault ??= new Error(`heard ${number} after ${last}`);
      if (times.has(number)) fault ??= new Error(`heard ${number} twice`);
      if (last !== null) last = number;
      times.set(number, performance.now());
      if (waiting !== undefined && times.size >= waiting.count) waiting.resolve();
    },
    heard: async (count) => {
      const enough = new Promise<void>((resolve) => {
        waiting = { count, resolve };
        if (times.size >= count) resolve();
      });
      await within(DEADLINE_MS, `for ${count} numbers`, enough);
      if (fault !== null) throw fault;
    },
  };
}
