type Waiting<Key, Value> = {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Turns questions that come in the same turn of the event loop into one. Nothing is remembered: a question is only
 * ever answered by a query that began after it was asked.
 */
export function createGathered<Key, Value>(
  /** Answers in the order of the questions. */
  askAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  let waiting: Waiting<Key, Value>[] = [];
  const ask = async () => {
    const asked = waiting;
    waiting = [];
    try {
      const values = await askAll(asked.map(({ key }) => key));
      if (values.length !== asked.length) throw new Error('an answer to each question was expected');
      for (const [index, value] of values.entries()) asked[index]?.resolve(value);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (key) =>
    new Promise((resolve, reject) => {
      // Never rejects: a failed query is told to those who asked.
      if (waiting.length === 0) setImmediate(() => void ask());
      waiting.push({ key, resolve, reject });
    });
}
