type Waiting<Key, Value> = {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
};

/** Questions that come closer than this one behind the other, on the average, are a crowd's … */
const CROWDED_MS = 10;
/** … and are asked so far apart: nobody in a crowd notices, and a query for four costs little more than one for one. */
const APART_MS = 20;
/** How much of the average the newest question is, and the longest pause that it counts as. */
const NEWEST = 0.1;
const LONGEST_PAUSE_MS = 100;

/**
 * Turns questions that come in the same turn of the event loop into one; one at a time, also those that come while one
 * is under way; in a crowd those of some milliseconds. Nothing is remembered: a question is only ever answered by a query
 * that began after it was asked.
 */
export function createGathered<Key, Value>(
  /** Answers in the order of the questions. */
  askAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  { isOneAtATime = false }: { readonly isOneAtATime?: boolean } = {},
): (key: Key) => Promise<Value> {
  let waiting: Waiting<Key, Value>[] = [];
  let isAsking = false;
  let [pauseMs, lastAskedAt, lastQueryAt] = [LONGEST_PAUSE_MS, -Infinity, -Infinity];
  const count = () => {
    const now = performance.now();
    pauseMs += NEWEST * (Math.min(LONGEST_PAUSE_MS, now - lastAskedAt) - pauseMs);
    lastAskedAt = now;
  };
  // Never rejects: a failed query is told to those who asked.
  const schedule = () => {
    const waitMs = pauseMs < CROWDED_MS ? lastQueryAt + APART_MS - performance.now() : 0;
    if (waitMs > 0) setTimeout(() => void ask(), waitMs);
    else setImmediate(() => void ask());
  };
  const ask = async () => {
    const asked = waiting;
    waiting = [];
    lastQueryAt = performance.now();
    isAsking = isOneAtATime;
    try {
      const values = await askAll(asked.map(({ key }) => key));
      if (values.length !== asked.length) throw new Error('an answer to each question was expected');
      for (const [index, value] of values.entries()) asked[index]?.resolve(value);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    isAsking = false;
    if (isOneAtATime && waiting.length > 0) schedule();
  };
  return (key) =>
    new Promise((resolve, reject) => {
      count();
      if (waiting.length === 0 && !isAsking) schedule();
      waiting.push({ key, resolve, reject });
    });
}
