/** Somebody who looks for a character for longer than this is shown what others wrote meanwhile. */
const HOLD_MS = 10_000;
/** The editor still works on the word for a moment after the input method has let go of it. */
const SETTLE_MS = 50;
/** Beyond this nothing is kept waiting, in bytes. */
const HELD_BYTES = 1024 * 1024;

/**
 * Keeps what is written waiting while an input method is at work in the editor. A browser that is made to draw its
 * paragraph anew loses the word in the making and writes its letters twice; and letters that are no word yet, once
 * sent, are copied by whoever breaks the paragraph in two.
 */
export type Hold<T> = {
  /** The input method shows something, again. */
  readonly begin: () => void;
  /** It has let go. */
  readonly end: () => void;
  /** True: it is kept, and comes with the others, in order. False: nothing is being waited for. */
  readonly keep: (item: T, bytes: number) => boolean;
  readonly isHeld: () => boolean;
  /** Nothing waits any longer. */
  readonly release: () => void;
};

export function createHold<T>(take: (items: readonly T[]) => void): Hold<T> {
  let items: T[] = [];
  let bytes = 0;
  let isHeld = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function release(): void {
    clearTimeout(timer);
    isHeld = false;
    bytes = 0;
    const all = items;
    items = [];
    if (all.length > 0) take(all);
  }

  function releaseIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(release, ms);
  }

  return {
    begin: () => {
      isHeld = true;
      releaseIn(HOLD_MS);
    },
    end: () => {
      if (isHeld) releaseIn(SETTLE_MS);
    },
    keep: (item, size) => {
      if (!isHeld) return false;
      items.push(item);
      bytes += size;
      if (bytes > HELD_BYTES) release();
      return true;
    },
    isHeld: () => isHeld,
    release,
  };
}
