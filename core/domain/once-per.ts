/**
 * What follows from a value that never changes, worked out once for each: the roll of a hall has a thousand seats, changes
 * seldom, and is asked about with every command and every key. What nobody holds any more is forgotten with its answer.
 */
export function oncePer<Key extends object, Answer>(work: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    const found = known.get(key) ?? { answer: work(key) };
    known.set(key, found);
    return found.answer;
  };
}
