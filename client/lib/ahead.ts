import type { Kept } from './kept.ts';

// Which texts this browser holds more of than the server has confirmed. A mark for each page, because two tabs of one
// person may have the same text open, and one may be saved while the other is not.

const COPY = 'shangliang:text:';

/** The name of somebody's copy of a text. */
export function copyName(ids: { readonly documentId: string; readonly personId: string }): string {
  return `${COPY}${ids.documentId}:${ids.personId}`;
}

export function isCopyOf(personId: string, name: string): boolean {
  return name.startsWith(COPY) && name.endsWith(`:${personId}`);
}

/** What one page knows, and says, about being ahead. */
export type AheadMark = {
  /** Whether any page before this one was ahead when it was last heard of. */
  readonly wasAhead: boolean;
  /** Whether any of them is still as they left it: not settled, and not renewed by a page that is still open. */
  readonly isLeft: () => boolean;
  readonly set: (isAhead: boolean) => void;
  /** Whatever the pages before this one wrote is saved, or lost: their marks go, but for those renewed since. */
  readonly settle: () => void;
};

/** Begins to mark for a page. */
export function markAhead(
  { kept, name, now }: { readonly kept: Kept; readonly name: string; readonly now: () => number },
  pageId: string,
): AheadMark {
  const mine = placeOf(name) + pageId;
  const before = kept.keys(placeOf(name)).map((key) => [key, kept.get(key)] as const);
  return {
    wasAhead: before.length > 0,
    isLeft: () => before.some(([key, mark]) => kept.get(key) === mark),
    set: (isAhead) => {
      if (isAhead) kept.set(mine, String(now()));
      else kept.remove(mine);
    },
    settle: () => {
      // Another tab that is still ahead has marked its later edits anew.
      for (const [key, mark] of before.splice(0)) if (kept.get(key) === mark) kept.remove(key);
    },
  };
}

/** In how many texts a person has written here what the server has not confirmed. */
export function countAhead(kept: Kept, personId: string): number {
  return new Set(marksOf(kept, personId).map((key) => key.slice(0, key.lastIndexOf('/')))).size;
}

/** At sign-out, with the copies themselves. */
export function wipeAhead(kept: Kept, personId: string): void {
  for (const key of marksOf(kept, personId)) kept.remove(key);
}

function marksOf(kept: Kept, personId: string): readonly string[] {
  return kept.keys(PLACE).filter((key) => key.includes(`:${personId}/`));
}

const PLACE = 'ahead/';

function placeOf(name: string): string {
  return `${PLACE}${name}/`;
}
