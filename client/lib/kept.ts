/** What survives a reload. Storage may be full, forbidden or absent (in-app browsers): then memory serves. */
export type Kept = {
  readonly get: (key: string) => string | null;
  /** False when the value lives only as long as this page. */
  readonly set: (key: string, value: string) => boolean;
  readonly remove: (key: string) => void;
  readonly keys: (prefix: string) => string[];
  /** Whether the device takes what it is given, and nothing lives only as long as this page. */
  readonly isLasting: () => boolean;
};

type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Wraps a web storage so that it never throws. open is a function because even naming localStorage may throw. */
export function createKept(open: () => WebStorage): Kept {
  const memory = new Map<string, string>();
  const storage = attempt(open, null);
  return {
    get: (key) => memory.get(key) ?? attempt(() => storage?.getItem(key) ?? null, null),
    set: (key, value) => {
      const isStored = attempt(() => {
        storage?.setItem(key, value);
        // Some browsers forget without a word what they were given.
        return storage?.getItem(key) === value;
      }, false);
      if (isStored) memory.delete(key);
      else memory.set(key, value);
      return isStored;
    },
    remove: (key) => {
      memory.delete(key);
      attempt(() => storage?.removeItem(key), undefined);
    },
    keys: (prefix) =>
      [...new Set([...storedKeys(storage), ...memory.keys()])].filter((key) => key.startsWith(prefix)),
    isLasting: () => memory.size === 0 && isTaking(storage),
  };
}

/** Kept across visits. */
export const kept = createKept(() => window.localStorage);
/** Kept while this tab lives. */
export const keptInTab = createKept(() => window.sessionStorage);

const PROBE = 'shangliang.probe';

function isTaking(storage: WebStorage | null): boolean {
  return attempt(() => {
    storage?.setItem(PROBE, PROBE);
    const isTaken = storage?.getItem(PROBE) === PROBE;
    storage?.removeItem(PROBE);
    return isTaken;
  }, false);
}

function storedKeys(storage: WebStorage | null): string[] {
  return attempt(() => {
    const found: string[] = [];
    for (let index = 0; index < (storage?.length ?? 0); index += 1) {
      const key = storage?.key(index);
      if (typeof key === 'string') found.push(key);
    }
    return found;
  }, []);
}

function attempt<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
