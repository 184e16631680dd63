/** What is to be done for one session: alone, or in a group with others. */
export type Doing<Item, Value> = {
  /** Never waits for anybody's lock; null for an item that was locked, and left as it was. */
  readonly together: (items: readonly Item[]) => Promise<readonly (Value | null)[]>;
  /** Waits for a lock. */
  readonly alone: (item: Item) => Promise<Value>;
  readonly sizeOf: (item: Item) => number;
  /** Whose it is: of two of one session only one goes in a group, because only one of them can be judged right. */
  readonly sessionOf: (item: Item) => string;
  /** Whether a group failed because of one of its items, and certainly did nothing: then each is done alone. */
  readonly isOnesFault: (error: unknown) => boolean;
};

export type GroupBounds = {
  /** Groups under way at once. */
  readonly groups: number;
  readonly items: number;
  readonly size: number;
};

type Waiting<Item, Value> = {
  readonly item: Item;
  readonly resolve: (value: Value | Promise<Value>) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Gathers what comes in the same turn, or while groups are under way, into groups that are done at once. Whatever is
 * locked elsewhere leaves its group and waits by itself, so it holds up nobody.
 */
export function createGroups<Item, Value>(
  { together, alone, sizeOf, sessionOf, isOnesFault }: Doing<Item, Value>,
  most: GroupBounds,
): (item: Item) => Promise<Value> {
  let waiting: Waiting<Item, Value>[] = [];
  let underWay = 0;
  let isScheduled = false;

  const take = () => {
    let size = 0;
    const sessions = new Set<string>();
    for (const { item } of waiting) {
      size += sizeOf(item);
      const count = sessions.size;
      const isFull = count === most.items || size > most.size || sessions.has(sessionOf(item));
      if (count > 0 && isFull) break;
      sessions.add(sessionOf(item));
    }
    const taken = waiting.slice(0, sessions.size);
    waiting = waiting.slice(sessions.size);
    return taken;
  };

  const run = async (group: readonly Waiting<Item, Value>[]): Promise<void> => {
    try {
      const values = await together(group.map(({ item }) => item));
      // A promise of its own: whoever waits for a lock is waited for by nobody here.
      for (const [index, { item, resolve }] of group.entries()) resolve(values[index] ?? alone(item));
    } catch (error) {
      if (isOnesFault(error)) for (const { item, resolve } of group) resolve(alone(item));
      else for (const { reject } of group) reject(error);
    }
  };

  const start = (): void => {
    isScheduled = false;
    while (waiting.length > 0 && underWay < most.groups) {
      underWay += 1;
      // Never rejects: whatever goes wrong is told to those who wait.
      void run(take()).finally(() => {
        underWay -= 1;
        schedule();
      });
    }
  };
  const schedule = (): void => {
    if (isScheduled || waiting.length === 0 || underWay >= most.groups) return;
    isScheduled = true;
    setImmediate(start);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
