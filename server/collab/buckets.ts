/** Of a token bucket: so much at once, then so much a second. */
export type BucketSize = { readonly burst: number; readonly perSecond: number };

/**
 * Token buckets of one owner. Of each is kept only when it will be full again: thousands of people have a handful each,
 * and most stand full.
 */
export type Buckets<Name extends string> = {
  readonly sizes: Readonly<Record<Name, BucketSize>>;
  /** Must never run backwards. */
  readonly nowMs: () => number;
  /** Null: it was never touched, and takes no memory of its own. */
  readonly fullAtMs: Record<Name, number | null>;
};

/** One bucket by itself. */
export type Bucket = { readonly take: (amount: number) => boolean };
/** One bucket that pays for what is known only afterwards. */
export type Purse = { readonly spend: (amount: number) => void; readonly waitMs: () => number };

/** What rounding may take from a full bucket, as a share of it. */
const DUST = 1e-6;

/** Whether there is as much in a bucket. */
export function holds<Name extends string>(
  buckets: Buckets<Name>,
  name: NoInfer<Name>,
  amount: number,
): boolean {
  return amount <= levelOf(buckets, name) + DUST * buckets.sizes[name].burst;
}

/** Takes amount out of a bucket; false, and nothing taken, when there is not as much. */
export function takeFrom<Name extends string>(
  buckets: Buckets<Name>,
  name: NoInfer<Name>,
  amount: number,
): boolean {
  if (!holds(buckets, name, amount)) return false;
  spendFrom(buckets, name, amount);
  return true;
}

/** Pays for what is known only afterwards: a bucket may be overdrawn, and then one waits until it is not. */
export function spendFrom<Name extends string>(
  { sizes, nowMs, fullAtMs }: Buckets<Name>,
  name: NoInfer<Name>,
  amount: number,
): void {
  fullAtMs[name] = Math.max(fullAtMs[name] ?? 0, nowMs()) + (amount / sizes[name].perSecond) * 1_000;
}

/** How long until a bucket is no longer overdrawn; 0: it is not. */
export function waitMsOf<Name extends string>(buckets: Buckets<Name>, name: NoInfer<Name>): number {
  const { burst, perSecond } = buckets.sizes[name];
  const level = levelOf(buckets, name);
  return level > DUST * burst ? 0 : Math.ceil((-level / perSecond) * 1_000) + 1;
}

export function bucketIn<Name extends string>(buckets: Buckets<Name>, name: NoInfer<Name>): Bucket {
  return { take: (amount) => takeFrom(buckets, name, amount) };
}

export function purseIn<Name extends string>(buckets: Buckets<Name>, name: NoInfer<Name>): Purse {
  return {
    spend: (amount) => spendFrom(buckets, name, amount),
    waitMs: () => waitMsOf(buckets, name),
  };
}

export function createPurse(size: BucketSize, nowMs: () => number): Purse {
  return purseIn({ sizes: { purse: size }, nowMs, fullAtMs: { purse: 0 } }, 'purse');
}

function levelOf<Name extends string>({ sizes, nowMs, fullAtMs }: Buckets<Name>, name: Name): number {
  const { burst, perSecond } = sizes[name];
  return burst - (Math.max(0, (fullAtMs[name] ?? 0) - nowMs()) / 1_000) * perSecond;
}
