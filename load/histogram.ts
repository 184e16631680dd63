/** Times in milliseconds, kept as counts: a million of them cost no more than a thousand. */
export type Histogram = {
  readonly add: (ms: number) => void;
  readonly count: () => number;
  /** The p-th quantile (0…1) to within two percent; null of none. */
  readonly quantile: (p: number) => number | null;
  readonly max: () => number | null;
};

/** Each bin is two percent wider than the one before; the first holds everything up to a tenth of a millisecond. */
const GROWTH = Math.log(1.02);
const LEAST_MS = 0.1;

export function createHistogram(): Histogram {
  const bins: number[] = [];
  let count = 0;
  let max = 0;
  return {
    add: (ms) => {
      const bin = Math.max(0, Math.ceil(Math.log(Math.max(ms, LEAST_MS) / LEAST_MS) / GROWTH));
      bins[bin] = (bins[bin] ?? 0) + 1;
      count += 1;
      max = Math.max(max, ms);
    },
    count: () => count,
    quantile: (p) => {
      if (count === 0) return null;
      let left = Math.max(1, Math.ceil(p * count));
      for (let bin = 0; bin < bins.length; bin += 1) {
        left -= bins[bin] ?? 0;
        if (left <= 0) return Math.min(max, LEAST_MS * Math.exp(bin * GROWTH));
      }
      return max;
    },
    max: () => (count === 0 ? null : max),
  };
}
