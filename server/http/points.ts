/** What a count gave: the points asked for, until its window ends. Rejects when it is full. */
export type Given = { readonly msBeforeNext: number };
type Held = { left: number; readonly until: number };

/**
 * Spends points of a count that many processes share, taken from it some at a time: the next few requests of a key
 * cost no question. What is taken is counted at once, so all processes together never give more than the count has.
 * Each of them may be left with up to size - 1 points that nobody asked for, and what it holds ends with the window:
 * whoever knocks at several processes can be refused by so much earlier at each.
 */
export function createPoints(take: (key: string, points: number) => Promise<Given>, size: number) {
  const held = new Map<string, Held>();
  const asked = new Map<string, Promise<void>>();

  const spendHeld = (key: string): boolean => {
    const points = held.get(key);
    if (points === undefined || points.left === 0 || points.until <= performance.now()) return false;
    points.left -= 1;
    return true;
  };
  const ask = async (key: string): Promise<void> => {
    try {
      const { msBeforeNext } = await take(key, size);
      const now = performance.now();
      // The oldest first: what is over is forgotten.
      for (const [name, { until }] of held) {
        if (until > now) break;
        held.delete(name);
      }
      held.delete(key);
      held.set(key, { left: size, until: now + msBeforeNext });
    } finally {
      asked.delete(key);
    }
  };

  /** Spends one. Whoever comes while it is asked waits for the same answer. */
  return async (key: string): Promise<void> => {
    while (!spendHeld(key)) {
      const asking = asked.get(key) ?? ask(key);
      asked.set(key, asking);
      await asking;
    }
  };
}
