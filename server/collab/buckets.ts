/** A token bucket: burst at once, then perSecond. */
export type Bucket = { readonly take: (amount: number) => boolean };

/** nowMs must never run backwards. */
export function createBucket(
  size: { readonly burst: number; readonly perSecond: number },
  nowMs: () => number,
): Bucket {
  let left = size.burst;
  let seenMs = nowMs();
  return {
    take: (amount) => {
      const now = nowMs();
      left = Math.min(size.burst, left + ((now - seenMs) / 1_000) * size.perSecond);
      seenMs = now;
      if (amount > left) return false;
      left -= amount;
      return true;
    },
  };
}
