import type { Slip } from './slip.ts';

/** The slips of this device. Everything rejects where the device keeps nothing, or not now. */
export type Purse = {
  readonly read: (key: string) => Promise<Slip | null>;
  /** Puts a slip where there is none yet, and answers the one that is there then: of several tabs one is the first. */
  readonly begin: (slip: Slip) => Promise<Slip>;
  /** Every slip that is here. */
  readonly all: () => Promise<readonly Slip[]>;
  /** Takes a slip from the device; nothing where there is none. */
  readonly drop: (key: string) => Promise<void>;
  /** Changes a slip in one step that no other tab comes between; answers what is there then. Rejects where there is none. */
  readonly change: (key: string, change: (slip: Slip) => Slip) => Promise<Slip>;
};

const NAME = 'shangliang.box';
const STORE = 'slips';
/** A database that neither opens nor fails is not waited for longer. */
const OPEN_MS = 5_000;
/** Slips on one device; the oldest go first. */
const MOST = 200;

export function createPurse(databases: () => IDBFactory): Purse {
  return {
    read: (key) => inStore(databases, 'readonly', (store, done) => get(store, key, done)),
    begin: (slip) =>
      inStore(databases, 'readwrite', (store, done) =>
        get(store, slip.key, (there) => {
          if (there !== null) return done(there);
          dropOldest(store);
          store.add(slip);
          done(slip);
        }),
      ),
    change: (key, change) =>
      inStore(databases, 'readwrite', (store, done) =>
        get(store, key, (there) => {
          if (there === null) return store.transaction.abort();
          const next = change(there);
          if (next !== there) store.put(next);
          done(next);
        }),
      ),
    all: () => inStore(databases, 'readonly', all),
    drop: (key) =>
      inStore(databases, 'readwrite', (store, done) => {
        store.delete(key);
        done(undefined);
      }),
  };
}

/** Runs one transaction; resolves with what done was told once it is written down. */
async function inStore<T>(
  databases: () => IDBFactory,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore, done: (value: T) => void) => void,
): Promise<T> {
  const base = await opened(databases());
  try {
    return await new Promise<T>((resolve, reject) => {
      let found: { readonly value: T } | null = null;
      const transaction = base.transaction(STORE, mode);
      transaction.addEventListener('complete', () =>
        found === null ? reject(new Error('nothing there')) : resolve(found.value),
      );
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
      act(transaction.objectStore(STORE), (value) => {
        found = { value };
      });
    });
  } finally {
    base.close();
  }
}

function get(store: IDBObjectStore, key: string, then: (slip: Slip | null) => void): void {
  const request: IDBRequest<Slip | undefined> = store.get(key);
  request.addEventListener('success', () => then(request.result ?? null));
}

function all(store: IDBObjectStore, then: (slips: readonly Slip[]) => void): void {
  const request: IDBRequest<Slip[]> = store.getAll();
  request.addEventListener('success', () => then(request.result));
}

function dropOldest(store: IDBObjectStore): void {
  all(store, (slips) => {
    const oldest = [...slips].sort((a, b) => a.day - b.day);
    for (const { key } of oldest.slice(0, Math.max(0, oldest.length - MOST))) store.delete(key);
  });
}

function opened(databases: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the database does not open')), OPEN_MS);
    const end = (act: () => void) => () => {
      clearTimeout(timer);
      act();
    };
    const request = databases.open(NAME, 1);
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore(STORE, { keyPath: 'key' }),
    );
    request.addEventListener(
      'success',
      end(() => resolve(request.result)),
    );
    request.addEventListener(
      'error',
      end(() => reject(request.error ?? new Error('no database'))),
    );
    request.addEventListener(
      'blocked',
      end(() => reject(new Error('the database is held'))),
    );
  });
}
