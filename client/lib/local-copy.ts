import { clearDocument } from 'y-indexeddb';
import type * as Y from 'yjs';
import { copyName, isCopyOf, wipeAhead } from './ahead.ts';
import { emptyStore, type GuardedStore, openStore, opened, type StoreEnd } from './guarded-store.ts';
import { kept } from './kept.ts';
import { within } from './within.ts';

/** A key for each copy: two windows that note one at the same time lose neither. */
const NOTES = 'copy/';
/** Where earlier builds kept them all. */
const OLD_LIST = 'shangliang.texts';
/** A database that another page holds on to is not waited for longer. */
const RELEASE_MS = 2_000;
const OPEN_AGAIN_MS = 1_000;
const OPEN_AGAIN_AT_MOST_MS = 60_000;

/** none: this device keeps nothing. failed: it could not be read, and what it holds is still there. */
type Reading = 'read' | 'none' | 'failed';

/** The copy of a text in this browser: what was written offline survives a closed tab. */
export type LocalCopy = {
  /** Resolves when all that was kept is in the doc, or will not be: on a slow device after long, or never. */
  readonly reading: Promise<Reading>;
  /** Whether what is written now outlives the page. */
  readonly isKept: () => boolean;
  /** Gives up what is in it; other windows write down again what is theirs. */
  readonly forget: () => Promise<void>;
  /** Takes it from the device, for every window. */
  readonly erase: () => Promise<void>;
  readonly close: () => void;
};

type CopyEars = {
  /** It could be read after all, long after it was tried first. */
  readonly read: () => void;
  /** isKept says something else. */
  readonly changed: () => void;
  /** Another window gave up what was not saved, and took everybody's rows away. Whether this one still wants its own. */
  readonly emptied: () => boolean;
};

/** Whether there ever was a copy of this name, as far as this device noted. */
export function isNoted(name: string): boolean {
  return kept.get(NOTES + name) !== null || oldList().includes(name);
}

/** Opens the copy and reads it into doc. Private windows, old phones and full disks keep nothing: then there is none. */
export function openLocalCopy(
  doc: Y.Doc,
  ids: { readonly documentId: string; readonly personId: string },
  ears: CopyEars,
): LocalCopy {
  const name = copyName(ids);
  let store: GuardedStore | null = null;
  let isKept = false;
  let isOver = false;
  let pauseMs = OPEN_AGAIN_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(next: boolean): void {
    if (isKept === next) return;
    isKept = next;
    ears.changed();
  }

  async function open(): Promise<Reading> {
    const door = await tryDoor();
    if (door !== 'read' || isOver) return door === 'none' ? door : 'failed';
    kept.set(NOTES + name, '1');
    const mine = openStore(name, doc, lose);
    store = mine;
    if (!(await mine.read)) return 'failed';
    if (store === mine) turn(true);
    return 'read';
  }

  function lose(end: StoreEnd): void {
    store = null;
    turn(false);
    if (end === 'broken') again();
    else if (end === 'deleted' || !ears.emptied()) isOver = true;
    else void open(); // it does not fail; opened anew it writes down all that the doc holds
  }

  /** The next one writes down all that the doc holds, also what came while there was none. */
  function again(): void {
    if (isOver) return;
    clearTimeout(timer);
    timer = setTimeout(() => void openAgain(), pauseMs); // it does not fail
    pauseMs = Math.min(pauseMs * 2, OPEN_AGAIN_AT_MOST_MS);
  }

  async function openAgain(): Promise<void> {
    if ((await tryOn()) === 'read') ears.read();
  }

  /** One that breaks tells so itself; where the door stays shut we go on trying. */
  async function tryOn(): Promise<Reading> {
    const reading = await open();
    if (reading === 'failed' && store === null) again();
    return reading;
  }

  function close(): void {
    isOver = true;
    clearTimeout(timer);
    stopHearing();
    store?.close();
    store = null;
    isKept = false;
  }
  const stopHearing = onWipe((personId) => {
    if (personId === ids.personId) close();
  });

  return {
    reading: tryOn(),
    isKept: () => isKept,
    forget: async () => {
      close();
      // The name stays noted: other windows may keep theirs under it.
      await within(emptyStore(name), RELEASE_MS);
    },
    erase: async () => {
      close();
      await within(remove(name), RELEASE_MS);
    },
    close,
  };
}

/** Deletes what this browser kept for a person; at sign-out. */
export async function wipe(personId: string): Promise<void> {
  for (const hear of hearers) hear(personId);
  wipeAhead(kept, personId);
  const names = [...kept.keys(NOTES).map((key) => key.slice(NOTES.length)), ...oldList(), ...(await found())];
  const mine = [...new Set(names)].filter((name) => isCopyOf(personId, name));
  await Promise.all(mine.map((name) => within(remove(name), RELEASE_MS)));
}

/** One that another page holds on to keeps its note, for the next time. */
async function remove(name: string): Promise<void> {
  await clearDocument(name);
  kept.remove(NOTES + name);
}

/** What is there although it could not be noted, as on a full disk. Old browsers do not tell. */
async function found(): Promise<readonly string[]> {
  try {
    const all = await within(indexedDB.databases(), RELEASE_MS);
    return (all ?? []).flatMap(({ name }) => name ?? []);
  } catch {
    return [];
  }
}

const hearers = new Set<(personId: string) => void>();

/** Hears of every sign-out on this page: what is still open for that person has to go. */
export function onWipe(hear: (personId: string) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** y-indexeddb lets its first failure go unheard, so we try the door before it does. */
async function tryDoor(): Promise<Reading> {
  try {
    if (typeof indexedDB === 'undefined') return 'none';
    (await opened(indexedDB.open('shangliang:probe'))).close();
    return 'read';
  } catch {
    return 'failed';
  }
}

function oldList(): readonly string[] {
  try {
    const list: unknown = JSON.parse(kept.get(OLD_LIST) ?? '[]');
    return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
