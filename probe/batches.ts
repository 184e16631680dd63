const AT_ONCE = 50;

/** Does something so many times, some of it at once. */
export async function inBatches<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, index) => work(first + index));
    done.push(...(await Promise.all(some)));
  }
  return done;
}
