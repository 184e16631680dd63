import { IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState } from 'y-indexeddb';
import type * as Y from 'yjs';

const ROWS = 'updates';
const TRIM_AFTER_MS = 1_000;

/** How a store came to its end: another window emptied it, somebody deleted it, or the device let it go. */
export type StoreEnd = 'emptied' | 'deleted' | 'broken';

/** The rows of a copy while they can be read and written. */
export type GuardedStore = {
  /** Resolves when all that it held is in the doc; false where that failed. It may take long. */
  readonly read: Promise<boolean>;
  readonly close: () => void;
};

/**
 * Opens the rows of that name and keeps what is written in doc. The library throws where its database has been closed
 * under it, which phones do and which another window does by emptying it; and a throw while Yjs tells of an update
 * leaves the doc mute for good: what is written then reaches nobody. So nothing is thrown, and its end is told, once.
 */
export function openStore(name: string, doc: Y.Doc, tell: (end: StoreEnd) => void): GuardedStore {
  const store = new IndexeddbPersistence(name, doc);
  let isOver = false;
  let trimming: ReturnType<typeof setTimeout> | undefined;
  let fail: (isRead: false) => void = () => undefined;
  const failed = new Promise<false>((resolve) => {
    fail = resolve;
  });

  function close(): void {
    isOver = true;
    clearTimeout(trimming);
    fail(false);
    store.destroy().catch(() => undefined); // a database that never opened needs no closing
  }
  function end(how: StoreEnd): void {
    if (isOver) return;
    close();
    tell(how);
  }

  /** Many rows become one. */
  async function trim(): Promise<void> {
    trimming = undefined;
    try {
      await storeState(store, false);
    } catch {
      end('broken');
    }
  }

  doc.off('update', store._storeUpdate);
  store._storeUpdate = (update, origin) => {
    if (store.db === null || origin === store) return;
    try {
      store.db.transaction([ROWS], 'readwrite').objectStore(ROWS).add(update);
    } catch {
      return end('broken');
    }
    store._dbsize += 1;
    if (store._dbsize >= PREFERRED_TRIM_SIZE) trimming ??= setTimeout(() => void trim(), TRIM_AFTER_MS); // it tells its failure itself
  };
  doc.on('update', store._storeUpdate);
  async function watch(): Promise<void> {
    try {
      const database = await store._db;
      database.addEventListener('versionchange', ({ newVersion }) =>
        end(newVersion === null ? 'deleted' : 'emptied'),
      );
      database.addEventListener('close', () => end('broken'));
      // A full disk takes a row and gives it up again: the transaction's event rises up to here.
      database.addEventListener('abort', () => end('broken'));
    } catch {
      end('broken');
    }
  }
  void watch(); // it tells its failure itself
  return { read: Promise.race([store.whenSynced.then(() => true), failed]), close };
}

/**
 * Takes all rows away and leaves the database, one version later: other windows that have it open hear by that that it
 * was not deleted, and may write down anew what is theirs.
 */
export async function emptyStore(name: string): Promise<void> {
  const first = indexedDB.open(name);
  // There is none of that name: nor will there be.
  first.addEventListener('upgradeneeded', () => first.transaction?.abort());
  const database = await opened(first);
  const version = database.version + 1;
  database.close();
  const second = indexedDB.open(name, version);
  second.addEventListener('upgradeneeded', () => second.transaction?.objectStore(ROWS).clear());
  (await opened(second)).close();
}

/** The database that a request opens. */
export function opened(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
  });
}
