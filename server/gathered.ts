type Waiting<Key, Value> = {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Turns questions that come in the same turn of the event loop into one; one at a time, also those that come while one
 * is under way. Nothing is remembered: a question is only ever answered by a query that began after it was asked.
 */
export function createGathered<Key, Value>(
  /** Answers in the order of the questions. */
  askAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  { isOneAtATime = false }: { readonly isOneAtATime?: boolean } = {},
): (key: Key) => Promise<Value> {
  let waiting: Waiting<Key, Value>[] = [];
  let isAsking = false;
  // Never rejects: a failed query is told to those who asked.
  const schedule = () => setImmediate(() => void ask());
  const ask = async () => {
    const asked = waiting;
    waiting = [];
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
      if (waiting.length === 0 && !isAsking) schedule();
      waiting.push({ key, resolve, reject });
    });
}
