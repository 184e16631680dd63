import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import { copyName, wipeAhead } from './ahead.ts';
import { kept } from './kept.ts';

const NAMES = 'shangliang.texts';
const OPEN_MS = 2_000;

/** The copy of a text in this browser: what was written offline survives a closed tab. */
export type LocalCopy = {
  /** Whether an update came out of the copy, and not from a person. */
  readonly isOrigin: (origin: unknown) => boolean;
  readonly forget: () => Promise<void>;
  readonly close: () => void;
};

/** Opens the copy and reads it into doc. Null where the browser keeps nothing: private windows, old phones, a full disk. */
export async function openLocalCopy(
  doc: Y.Doc,
  ids: { readonly documentId: string; readonly personId: string },
): Promise<LocalCopy | null> {
  if (!(await canKeep())) return null;
  const name = copyName(ids);
  remember([...names(), name]);
  const persistence = new IndexeddbPersistence(name, doc);
  await within(persistence.whenSynced, OPEN_MS);
  return {
    isOrigin: (origin) => origin === persistence,
    forget: async () => {
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
  for (const hear of hearers) hear(personId);
  const mine = names().filter((name) => name.endsWith(`:${personId}`));
  wipeAhead(kept, personId);
  await Promise.all(mine.map((name) => clearDocument(name).catch(() => undefined)));
  remember(names().filter((name) => !mine.includes(name)));
}

const hearers = new Set<(personId: string) => void>();

/** Hears of every sign-out on this page: what is still open for that person has to go. */
export function onWipe(hear: (personId: string) => void): void {
  hearers.add(hear);
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
