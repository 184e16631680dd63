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

/** Pays for what is known only afterwards: it may be overdrawn, and then one waits until it is not. */
export type Purse = {
  readonly spend: (amount: number) => void;
  /** How long until something may be bought again; 0: now. */
  readonly waitMs: () => number;
};

/** nowMs must never run backwards. */
export function createPurse(
  size: { readonly burst: number; readonly perSecond: number },
  nowMs: () => number,
): Purse {
  let left = size.burst;
  let seenMs = nowMs();
  function look(): void {
    const now = nowMs();
    left = Math.min(size.burst, left + ((now - seenMs) / 1_000) * size.perSecond);
    seenMs = now;
  }
  return {
    spend: (amount) => {
      look();
      left -= amount;
    },
    waitMs: () => {
      look();
      return left > 0 ? 0 : Math.ceil((-left / size.perSecond) * 1_000) + 1;
    },
  };
}
