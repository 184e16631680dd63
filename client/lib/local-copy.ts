import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import { kept } from './kept.ts';

const NAMES = 'shangliang.texts';
const OPEN_MS = 2_000;

/** The copy of a text in this browser: what was written offline survives a closed tab. */
export type LocalCopy = {
  /** Whether an update came out of the copy, and not from a person. */
  readonly isOrigin: (origin: unknown) => boolean;
  /** Whether the copy held more than the server had confirmed, when this browser last knew. */
  readonly wasAhead: boolean;
  readonly setAhead: (isAhead: boolean) => void;
  readonly forget: () => Promise<void>;
  readonly close: () => void;
};

/** Opens the copy and reads it into doc. Null where the browser keeps nothing: private windows, old phones, a full disk. */
export async function openLocalCopy(
  doc: Y.Doc,
  ids: { readonly documentId: string; readonly personId: string },
): Promise<LocalCopy | null> {
  if (!(await canKeep())) return null;
  const name = nameOf(ids);
  remember([...names(), name]);
  const persistence = new IndexeddbPersistence(name, doc);
  await within(persistence.whenSynced, OPEN_MS);
  return {
    isOrigin: (origin) => origin === persistence,
    wasAhead: kept.get(aheadAt(name)) !== null,
    setAhead: (isAhead) => {
      if (isAhead) kept.set(aheadAt(name), '');
      else kept.remove(aheadAt(name));
    },
    forget: async () => {
      kept.remove(aheadAt(name));
      await persistence.clearData();
      remember(names().filter((other) => other !== name));
    },
    close: () => {
      persistence.destroy().catch(() => undefined); // a database that never opened needs no closing
    },
  };
}

/** Deletes what this browser kept for a person; at sign-out. */
export async function wipe(personId: string): Promise<void> {
  const mine = names().filter((name) => name.endsWith(`:${personId}`));
  for (const name of mine) kept.remove(aheadAt(name));
  await Promise.all(mine.map((name) => clearDocument(name).catch(() => undefined)));
  remember(names().filter((name) => !mine.includes(name)));
}

function nameOf({
  documentId,
  personId,
}: {
  readonly documentId: string;
  readonly personId: string;
}): string {
  return `shangliang:text:${documentId}:${personId}`;
}

function aheadAt(name: string): string {
  return `ahead/${name}`;
}

/** y-indexeddb lets its first failure go unheard, so we try the door before it does. */
async function canKeep(): Promise<boolean> {
  try {
    if (typeof indexedDB === 'undefined') return false;
    const request = indexedDB.open('shangliang:probe');
    const opened = new Promise<boolean>((resolve) => {
      request.addEventListener('success', () => {
        request.result.close();
        resolve(true);
      });
      request.addEventListener('error', () => resolve(false));
      request.addEventListener('blocked', () => resolve(false));
    });
    return (await within(opened, OPEN_MS)) === true;
  } catch {
    return false;
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function names(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAMES) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

function remember(kept: readonly string[]): void {
  try {
    localStorage.setItem(NAMES, JSON.stringify([...new Set(kept)]));
  } catch {
    // Without storage there are no copies to remember either.
  }
}
